"""How fast Qorgau is, measured beside the bare machine. `make bench`; docs/speed.md explains how to read it."""
