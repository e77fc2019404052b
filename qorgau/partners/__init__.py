"""Other systems that ask us by a program: their keys, what each may ask, how much, and what they are told."""
