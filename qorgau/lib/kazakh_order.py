"""The order of the Kazakh alphabet, for databases that do not know it."""

_ORDER = " 0123456789аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_PLACE = {sign: f"{place:02d}" for place, sign in enumerate(_ORDER)}
_AFTER_ALL = "99"


def sort_key(text: str) -> str:
    """A key that any collation puts in the order of the Kazakh alphabet: two digits a letter.

    Blanks come before digits, digits before letters, signs of other scripts after them.
    """
    return "".join(_PLACE.get(sign, _AFTER_ALL) for sign in " ".join(text.lower().split()))
