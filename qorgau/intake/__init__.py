"""The one way in: whatever the door, an appeal is registered here."""
