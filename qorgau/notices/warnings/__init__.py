"""Telling those who asked for it that a person loses the insurance, lost it, or has it again.

Once a day and after every load of the register a round goes over all subscriptions (`round.py`) and writes what is due
into the outbox, each once. Right before a message leaves it is judged anew (`leaving.py`): a payment may have come.
"""
