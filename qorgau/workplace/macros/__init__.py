"""Macros: a few verbs in their order with words made ready, shown before they happen, and done all or not at all."""
