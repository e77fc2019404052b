"""Small generic tools. No file here knows a word of our domain."""
