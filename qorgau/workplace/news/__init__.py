"""What is new in an open queue, told to whoever looks at it at next to no cost."""
