"""What waits for one person by name: notes that name them, and news of what they follow."""
