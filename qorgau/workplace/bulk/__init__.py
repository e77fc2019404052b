"""One verb for several appeals at once: chosen in the queue, done one by one, checked and journalled like single ones.

What needs a person's eyes on each appeal is not here: nobody approves, extends, redirects or writes down a withdrawal
for several at once, and nothing is closed by staff at all.
"""
