"""Following an appeal: whoever knows its number and its code sees where it is and goes on with it.

There is no account and no session: a signed cookie remembers for two hours which appeals this browser opened.
"""
