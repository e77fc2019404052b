"""Masks: as little of a personal datum as still lets its owner recognise it.

Source: the Law of 21 May 2013 № 94-V on personal data; DOMAIN §4.5. Masks are for screens, messages and journals; what
is stored is encrypted elsewhere.
"""

from __future__ import annotations

import re
import unicodedata

DOT = "•"
_SHOWN_OF_IIN = 4
_SHOWN_OF_PHONE = 2
_KAZAKH_PHONE_DIGITS = 11

# Runs are bounded everywhere, so that no text, however made, takes long. Twelve digits are not looked for across dots
# or lines: two dates side by side are not an IIN.
_GAP = r"[ \t\u00a0\u202f\-‐-―−().]{0,3}"
_SMALL_GAP = r"[ \t\u00a0\u202f\-‐-―−]?"
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(rf"(?<!\d)(?:\+{_GAP}7|8|7){_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}(?!\d)")
_MOBILE_WITHOUT_PREFIX = re.compile(rf"(?<!\d)7[0467]\d{_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}(?!\d)")
_TWELVE_DIGITS = re.compile(rf"(?<!\d)\d(?:{_SMALL_GAP}\d){{11}}(?!\d)")
# What people type where a page shows a dot, and what a telephone makes of it.
_HIDDEN = "[•*●∙·.…_xXхХ]"
_MASKED_IIN = re.compile(rf"(?:…|{_HIDDEN}{{2,12}}) ?(\d{{{_SHOWN_OF_IIN}}})", re.ASCII)
_HALF_HIDDEN = re.compile(r"[\d •*●∙·]{0,12}[•*●∙·]{2,12}[\d •*●∙·]{0,12}", re.ASCII)
_NO_DIGITS = re.compile(r"\D+")
# No number that is masked has fewer digits, nor more between two of them. Most texts have none, and are done with.
_TEN_DIGITS = re.compile(r"\d(?:\D{0,3}\d){9}")


def mask_iin(iin: str) -> str:
    """``900101300106`` becomes ``••••••••0106``: the last four digits, which hold neither a birth date nor a sex."""
    digits = _digits(iin)
    shown = digits[-_SHOWN_OF_IIN:] if len(digits) >= 3 * _SHOWN_OF_IIN else ""
    return DOT * (len(digits) - len(shown)) + shown


def shown_of_iin(iin: str) -> str:
    """What its mask shows of an IIN: its last four digits; "" where the mask shows nothing."""
    return mask_iin(iin).lstrip(DOT)


def shown_of_masked_iin(text: str) -> str:
    """The digits that a masked IIN shows, typed as a page does: ``••••••••0106``, ``****0106``; "" for other text."""
    found = _MASKED_IIN.fullmatch(text.strip())
    return found[1] if found else ""


def is_half_hidden(text: str) -> bool:
    """Whether a number was typed with some of its digits hidden: ``850317******``."""
    return any(sign.isdecimal() for sign in text) and _HALF_HIDDEN.fullmatch(text.strip()) is not None


def mask_phone(phone: str) -> str:
    """``87011234567`` becomes ``+7 701 ••• •• 67``; of a foreign number only the last two digits stay."""
    digits = _digits(phone)
    if len(digits) == _KAZAKH_PHONE_DIGITS and digits[0] in "78":
        return f"+7 {digits[1:4]} {DOT * 3} {DOT * 2} {digits[-_SHOWN_OF_PHONE:]}"
    if len(digits) < 3 * _SHOWN_OF_PHONE:
        return DOT * len(digits)
    return DOT * (len(digits) - _SHOWN_OF_PHONE) + digits[-_SHOWN_OF_PHONE:]


def mask_email(email: str) -> str:
    """``aigul@example.kz`` becomes ``a•••@example.kz``; the number of dots does not tell how long the name is."""
    name, at, domain = email.strip().rpartition("@")
    return f"{name[:1]}{DOT * 3}{at}{domain}" if at else DOT * 3


def mask_text(text: str) -> str:
    """Free text with its e-mails, phone numbers and twelve-digit numbers masked, however these are spaced."""
    if "@" in text:
        text = _EMAIL.sub(lambda found: mask_email(found.group()), text)
    if _TEN_DIGITS.search(text) is None:
        return text
    text = _PHONE.sub(lambda found: mask_phone(found.group()), text)
    text = _TWELVE_DIGITS.sub(lambda found: mask_iin(found.group()), text)
    return _MOBILE_WITHOUT_PREFIX.sub(lambda found: mask_phone("7" + _digits(found.group())), text)


def _digits(text: str) -> str:
    if text.isascii():
        return _NO_DIGITS.sub("", text)
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())
