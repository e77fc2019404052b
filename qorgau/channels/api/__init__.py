"""The door for programs that speak plain JSON."""
