"""The temporary status (DOMAIN §3.1, S6): for one month, on documents, for a privileged person shown as not insured.

Who decides upon it stands in `handling/grant_temporary.py`. Here is what was decided: a table of its own, so that no
load of the register touches it, with a row for each decision that is never deleted.
"""
