"""Asking to be warned before somebody loses the insurance, and stopping it: for everybody, without an account."""
