"""Taking a message with an identity number out of the chat, whatever is answered to it."""

from qorgau.lib.telegram.came import Text
from qorgau.lib.telegram.says import Delete, Say

_MAY_BE_A_NUMBER = 8
"""A message with this many digits is taken for an identity number, right or wrong."""


def number_taken_out(came: object) -> tuple[Say, ...]:
    """What takes the message out, if there may be an identity number in it; else nothing."""
    if not isinstance(came, Text) or not came.message:
        return ()
    return (Delete(came.message),) if sum(sign.isdecimal() for sign in came.text) >= _MAY_BE_A_NUMBER else ()
