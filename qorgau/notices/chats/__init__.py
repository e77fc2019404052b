"""Telegram chats as a way to reach people: which there are, and the one sender that answers and notices leave by."""
