"""What heads of desks look at: who has how much, what is late, how long answers take; and giving work to others."""
