"""The desk of the staff: queue, card, answer."""
