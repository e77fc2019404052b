"""Warnings before somebody loses their insurance, for whoever left an address and confirmed it.

    subscription = subscribe(wish, at=now)                    # subscribing.py: the address was confirmed by a code
    token_of(subscription)                                    # links.py: by which it is stopped, from any message
    outlook(record, on=today, terms=terms)                    # outlook.py: whether cover ends soon, and when
    step_due(...)                                             # outlook.py: what somebody must hear of that day

Who is told what, and when it leaves, is for `qorgau/notices/warnings/`: it walks over the subscriptions once a day and
after every load of the register.
"""
