"""What people fill in. Forms read and word; whether an appeal can be taken is decided by `intake`."""
