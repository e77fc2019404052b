"""What laws and agreements say, as plain Python: facts in, a decision with its reason out.

No database, no framework and no clock live here; every function that needs a moment is given one. Values that
change by decree (terms, days off) are not written down here either: they are dated rows in the directory, and these
modules interpret them.

What people may be told      sentences, problems
Words everybody shares       roles, ladder, kinds, states
Numbers people read and type identity, numbers, access_codes
Time                         working_days, deadlines
Where an appeal goes         routing
Keeping secrets              privacy
Recognising a repeat         likeness
"""
