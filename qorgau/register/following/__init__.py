"""Who of the staff wants to hear of an appeal: those who follow it, and those whom a note names."""
