"""The code that, with the number, opens an appeal to the person who filed it.

Codes are not stored: each is made from the number under a key that lies outside the database. Raising
`Appeal.code_version` gives the appeal a new code and makes the old one useless.
"""

from qorgau.lib.sealed import keyed_digest, same
from qorgau.register.models import Appeal
from qorgau.rules.access_codes import format_code


def access_code(number: str, code_version: int = 1) -> str:
    """The code of an appeal."""
    return format_code(keyed_digest("access code", f"{number}/{code_version}"))


def code_of_registering(appeal: Appeal) -> str:
    """The code that was given with the receipt; "" once it was replaced by a new one."""
    return access_code(appeal.number) if appeal.code_version == 1 else ""


def opened_by(number: str, code: str) -> Appeal | None:
    """The appeal with this number, if the code is its code; None otherwise.

    Both arguments are in their one written form. Takes the same work whether the number exists or not.
    """
    appeal = Appeal.objects.filter(number=number).first()
    expected = access_code(number, appeal.code_version if appeal else 1)
    return appeal if same(expected.encode(), code.encode()) and appeal else None
