"""Working without a mouse: the palette of commands, the keys and their sheet, the next appeal of a view."""
