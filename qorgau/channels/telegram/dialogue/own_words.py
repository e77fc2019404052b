"""What is for the person alone, in words: who paid and how much, the category, the clinic."""

from django.utils.translation import gettext as _

from qorgau.insured.shown import Month, StatusShown
from qorgau.lib.speech import say_date


def own_words(shown: StatusShown) -> str:
    """Of a status that is shown with proof."""
    months = "\n".join(f"{_sign(month)} {month.name}{_paid(month)}" for month in shown.months)
    return "\n\n".join([f"{_('The last twelve months')}\n{months}", *_categories(shown), _clinic(shown)])


def _sign(month: Month) -> str:
    return "✅" if month.covered else "❌"


def _paid(month: Month) -> str:
    """By whom and how much; nothing where nothing was paid."""
    told = [str(part) for part in (month.paid_by, month.tenge) if part]
    return f": {', '.join(told)}" if told else ""


def _categories(shown: StatusShown) -> list[str]:
    return [
        _("%(category)s, since %(day)s") % {"category": one.name, "day": say_date(one.since)}
        + (f" – {say_date(one.until)}" if one.until else "")
        for one in shown.categories
    ]


def _clinic(shown: StatusShown) -> str:
    if shown.clinic is None:
        return _("You are attached to no clinic.")
    said = _("You are attached to: %(clinic)s.") % {"clinic": shown.clinic.name}
    since = _("Since %(day)s.") % {"day": say_date(shown.clinic.since)} if shown.clinic.since else ""
    return " ".join(part for part in (said, since, shown.clinic.address) if part)
