"""The insured register: one row per person, found by a keyed hash, loaded whole or in part, asked by every door."""
