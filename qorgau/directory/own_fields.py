"""Which own fields an appeal has, and reading, keeping and saying what is filled in."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.translation import gettext as _

from qorgau.directory.models import OwnField, Topic
from qorgau.directory.reference import current
from qorgau.lib.clean_text import clean_line
from qorgau.lib.speech import current_language, say_date
from qorgau.rules.privacy import mask_text
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

LONGEST_TEXT = 200
_MOST_DIGITS = 15
YES, NO = "yes", "no"


def fields_for(topic: Topic | None, desk_kind: str) -> list[OwnField]:
    """The fields in force for a topic, those of its group included, at a kind of desk, in their places."""
    today = timezone.localdate()
    topics = {None, topic.pk if topic else None, topic.parent_id if topic else None}
    return [
        field
        for field in current().own_fields.values()
        if field.holds_on(today)
        and field.topic_id in topics
        and (not field.desk_kinds or desk_kind in field.desk_kinds)
    ]


def input_name(code: str) -> str:
    """What a field is called in forms, in the journal, and in the Problem about it."""
    return f"own_{code}"


def read_value(field: OwnField, typed: str) -> str:
    """What was filled in, as it is kept: text, digits with a dot, an ISO day, the code of an option, yes or no.

    Empty stays empty. Raises Problem (field `input_name`) for what is no such value and for personal data.
    """
    typed = clean_line(typed)
    if not typed:
        return ""
    match field.kind:
        case "number":
            return _number(field, typed)
        case "date":
            return _day(field, typed)
        case "choice":
            option = field.option(typed)
            if option is None:
                raise _problem(N_("Choose one of the options."), field)
            return typed
        case "yes_no":
            if typed not in (YES, NO):
                raise _problem(N_("Choose one of the options."), field)
            return typed
    return _text(field, typed)


def say_value(field: OwnField, value: str) -> str:
    """A kept value as people read it."""
    if not value:
        return ""
    match field.kind:
        case "date":
            return say_date(date.fromisoformat(value))
        case "choice":
            option = field.option(value)
            return option_words(option) if option else value
        case "yes_no":
            return _("yes") if value == YES else _("no")
    return value


def option_words(option: dict[str, str]) -> str:
    """The name of an option in the reader's language."""
    return option.get(current_language()) or option["ru"]


def _number(field: OwnField, typed: str) -> str:
    digits = typed.replace(" ", "").replace(",", ".")
    try:
        number = Decimal(digits)
    except InvalidOperation:
        raise _problem(N_("Write a number, for example 12 or 12,5."), field) from None
    if not number.is_finite() or len(number.as_tuple().digits) > _MOST_DIGITS or abs(number.adjusted()) > _MOST_DIGITS:
        raise _problem(N_("Write a number, for example 12 or 12,5."), field)
    whole = number.to_integral_value()
    return f"{whole if number == whole else number.normalize():f}"


def _day(field: OwnField, typed: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise _problem(N_("Write a day as day, month and year."), field) from None


def _text(field: OwnField, typed: str) -> str:
    if len(typed) > LONGEST_TEXT:
        raise Problem(
            Sentence(N_("At most {limit} characters fit here."), {"limit": LONGEST_TEXT}), input_name(field.code)
        )
    if mask_text(typed) != typed:
        raise _problem(N_("Telephones, e-mails and identity numbers do not belong here: everybody may read it."), field)
    return typed


def _problem(text: str, field: OwnField) -> Problem:
    return Problem(Sentence(text), input_name(field.code))
