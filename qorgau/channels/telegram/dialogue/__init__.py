"""The dialogue: where a chat stands and what came, to where it stands then and what is said.

A conversation path is a file with a `PATH`, named in `paths.py`; `answering.py` finds the one that is meant. Nothing in
here knows how Telegram is reached.
"""
