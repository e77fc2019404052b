"""Telephones and e-mail addresses in the one form by which a person can be reached and recognised."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_HOME = "KZ"
# A Kazakh mobile number as nearly everybody writes it; saves asking the library a million times a year.
_KAZAKH_MOBILE = re.compile(r"(?:\+?7|8)(7\d{9})")
_TAKE_MESSAGES = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
_BLANKS = re.compile(r"[\s()\-–—.]+")


def normal_phone(text: str) -> str:
    """The number in E.164 (+77010000000), or "" when it is no telephone number.

    A number without a country code is Kazakh; the trunk prefix 8 is understood.
    """
    digits = _BLANKS.sub("", text)
    if not digits:
        return ""
    if mobile := _KAZAKH_MOBILE.fullmatch(digits):
        return f"+7{mobile[1]}"
    try:
        number = phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def phone_to_read(number: str) -> str:
    """A normal number as people read it out: +7 701 000 00 00; other words as they are."""
    if _KAZAKH_MOBILE.fullmatch(number):
        return f"+7 {number[-10:-7]} {number[-7:-4]} {number[-4:-2]} {number[-2:]}"
    try:
        known = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def normal_email(text: str) -> str:
    """The address in small letters without blanks, or "" when it is no address.

    No mail service in use tells ``Aigul@`` from ``aigul@``, and people type both.
    """
    text = text.strip().lower()
    if not text:
        return ""
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text


def takes_messages(number: str) -> bool:
    """Whether an SMS to this number (E.164) can arrive: landlines take none."""
    try:
        return phonenumbers.number_type(phonenumbers.parse(number)) in _TAKE_MESSAGES
    except phonenumbers.NumberParseException:
        return False


def kazakh_mobile(text: str) -> str:
    """The number in E.164 when an SMS within the country reaches it, or "".

    Where messages are sent to whatever anybody types, calls abroad and to numbers that cost extra must not be paid for.
    """
    number = normal_phone(text)
    if not number:
        return ""
    parsed = phonenumbers.parse(number)
    mobile = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE
    return number if mobile and phonenumbers.region_code_for_number(parsed) == _HOME else ""
