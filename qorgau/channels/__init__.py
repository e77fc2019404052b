"""The doors. Each turns what a person said into the same value, `NewAppeal`; none knows another."""
