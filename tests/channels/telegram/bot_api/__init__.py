"""A strict Bot API server on a free port of this machine, in place of Telegram's.

`server.py` takes requests, `methods.py` checks and fulfils them as Telegram does, `people.py` are the people who use
the bot, `faults.py` is what may go wrong on purpose. Its objects are complete: a test reads each with a parser that
others wrote (`test_bot_api.py`).
"""
