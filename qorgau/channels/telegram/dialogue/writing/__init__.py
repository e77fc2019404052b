"""Writing to the Fund: a few questions, each in a file of its own, one page to check, and the sending.

What was said gathers in a draft (`draft.py`), which is the chat's place and lies with it in the database. A part
(`part.py`) is one question: how it is asked, what is made of an answer, how it stands on the page to check.
"""
