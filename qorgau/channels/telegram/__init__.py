"""The door in Telegram: the bot that people already know.

What comes is kept (`inbox.py`), answered one turn at a time (`turns.py`) by the dialogue (`dialogue/`), and what is to
be said leaves by the one sender of `notices/chats/`. Updates are fetched (`bot.py`) or delivered (`webhook.py`).
"""
