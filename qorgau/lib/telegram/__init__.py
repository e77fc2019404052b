"""Telegram's Bot API: what comes out of a chat (`came.py`), what goes into it (`says.py`), and the wire (`wire.py`).

aiogram stands behind `wire.py` alone; everybody else speaks in the plain values of the other two files.
"""
