"""Demo data and replays, made through the same functions as real data."""
