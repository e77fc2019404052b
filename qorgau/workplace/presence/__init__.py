"""Who else has an appeal before them, and what they are doing with it. It tells; it never holds anybody up."""
