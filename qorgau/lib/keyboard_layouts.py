"""What somebody meant who typed with the keyboard in the wrong language: «йгугу» is queue, «jxthtlm» is «очередь»."""

from collections.abc import Iterator

# The same keys, row by row, as the three layouts of Kazakhstan name them. Digits stand above the Kazakh letters.
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю."
_LATIN_ABOVE = "1234567890-="
_KAZAKH_ABOVE = '"әіңғ,.үұқөһ'

_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_TO_KAZAKH = str.maketrans(_LATIN[:-1] + _LATIN_ABOVE, _RUSSIAN[:-1] + _KAZAKH_ABOVE)
_FROM_RUSSIAN = str.maketrans(_RUSSIAN, _LATIN)
_FROM_KAZAKH = str.maketrans(_RUSSIAN[:-1] + _KAZAKH_ABOVE, _LATIN[:-1] + _LATIN_ABOVE)


def cyrillic_letter(letter: str) -> str:
    """The Cyrillic letter on the key of a Latin one, as it stands on the same keycap."""
    return letter.lower().translate(_TO_RUSSIAN).upper()


def meant(typed: str) -> Iterator[str]:
    """What was typed, in lower case, and the same keys in the other layouts, each reading once."""
    typed = typed.lower()
    tables = (_TO_RUSSIAN, _TO_KAZAKH, _FROM_RUSSIAN, _FROM_KAZAKH)
    yield from dict.fromkeys([typed, *(typed.translate(table) for table in tables)])
