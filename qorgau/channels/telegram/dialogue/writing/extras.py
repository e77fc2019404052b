"""What is not asked for on the way, and can be added on the page to check."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.channels.telegram.dialogue.language import NAMES
from qorgau.channels.telegram.dialogue.writing.choices import choice
from qorgau.channels.telegram.dialogue.writing.lines import line
from qorgau.lib.speech import LANGUAGES, say_date
from qorgau.lib.typed_dates import read_date


def _shown_date(said: str) -> str:
    day = read_date(said)
    return say_date(day) if day else said


EVENT_DATE = line(
    "event_date",
    gettext_lazy("Date of the visit or of the event"),
    gettext_lazy("For example 12.03.2026. What care was free that day depends on it."),
    limit=60,
    shown=_shown_date,
)
CIRCUMSTANCES = line(
    "circumstances",
    gettext_lazy("Diagnosis or circumstances"),
    gettext_lazy("What you were treated for, or what led to it, if you want to say."),
    limit=2_000,
    lines=True,
)
DESIRED_OUTCOME = line(
    "desired_outcome",
    gettext_lazy("What should be done?"),
    gettext_lazy("For example: take me to the specialist, pay my money back, talk to the doctor."),
    limit=2_000,
    lines=True,
)
WISH = choice(
    "wish",
    gettext_lazy("Who should look into it first?"),
    lambda: _("Who should look into it first?"),
    lambda: (
        ("soonest", _("Whoever can help soonest")),
        ("clinic", _("The clinic’s patient support service")),
        ("fund", _("The Social Health Insurance Fund")),
    ),
)
ANSWERED_IN = choice(
    "language",
    gettext_lazy("Language of the answer"),
    lambda: _("In which language shall we answer you?"),
    lambda: ((code, NAMES[code]) for code in LANGUAGES),
)
