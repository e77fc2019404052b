"""«История обращений»: the appeals of this chat, each with its state, its answer, and all its applicant may do now.

Every button names its appeal, and every press asks anew whether the appeal belongs to the chat: `own.py`.
"""
