"""What staff, applicants and the clock do with an appeal: one verb per file."""
