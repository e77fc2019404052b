"""What a subscriber calls a person: it goes into messages, so it holds no addresses and no numbers of anybody."""

import re

LONGEST_LABEL = 20
_CALLED = re.compile(r"[^\W\d_]+(?:[ .’'-]{1,2}[^\W\d_]+)*\.?")


def may_be_called(label: str) -> bool:
    """Whether it is letters, and what stands between them."""
    return _CALLED.fullmatch(label) is not None
