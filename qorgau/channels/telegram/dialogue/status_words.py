"""The status as a chat tells it: the verdict with a picture of twelve months, then why, the ways out, what next."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qorgau.insured.shown import Month, StatusShown, Way
from qorgau.lib.pdf import draw
from qorgau.lib.speech import current_language, say_date
from qorgau.lib.telegram.says import Upload
from qorgau.rules.insured_status import Status

_PAID, _UNPAID = "✅", "❌"
_DOTS_PER_INCH = 200


def verdict_words(shown: StatusShown, masked: str) -> str:
    """What the verdict gives, whom it is about, and how many months are paid."""
    of = _("On %(day)s, by the data of the register of %(as_of)s.") % {
        "day": say_date(shown.on),
        "as_of": say_date(shown.as_of),
    }
    paragraphs = [shown.meaning, f"{_('IIN')} {masked}. {of}", months_words(shown)]
    if shown.ended and not shown.good:
        paragraphs.insert(1, ended_words(shown.ended))
    elif shown.status == Status.TEMPORARILY_INSURED:
        paragraphs.insert(1, _holds_words())
    return "\n\n".join(paragraphs)


def months_words(shown: StatusShown) -> str:
    """The twelve months in a sentence, and each with its sign, a year to a line."""
    years: dict[int, list[Month]] = {}
    for month in shown.months:
        years.setdefault(month.year, []).append(month)
    lines = [
        f"{year}: " + "  ".join(f"{_PAID if one.covered else _UNPAID} {one.brief}" for one in months)
        for year, months in years.items()
    ]
    return "\n".join([paid_words(shown), *lines])


def paid_words(shown: StatusShown) -> str:
    """How many are paid, and which are not."""
    paid = ngettext(
        "%(paid)s of the last %(num)s month is paid.",
        "%(paid)s of the last %(num)s months are paid.",
        len(shown.months),
    ) % {"paid": shown.paid_months, "num": len(shown.months)}
    if not shown.missing:
        return paid
    return f"{paid} {_('Not paid: %(months)s.') % {'months': shown.missing}}"


def ended_words(ended: date) -> str:
    """That a temporary status is over, and what to do."""
    said = _("The temporary status ended on %(day)s") % {"day": say_date(ended)}
    advice = _(
        "It is given for a short time, while the data are corrected. If the state should pay for you and that is not "
        "shown yet, ask the body that keeps the data (for example the one that pays the pension or benefit) whether it "
        "has sent them, and apply once more with the document."
    )
    return f"{said}. {advice}"


def _holds_words() -> str:
    return _(
        "Make sure that the data are corrected by then: ask the body that keeps them (for example the one that pays "
        "the pension or benefit) whether it has sent them. Look here again some days before; if nothing has changed, "
        "write to us."
    )


def picture_of_months(shown: StatusShown) -> Upload:
    """The strip as a picture; everything in it is told in words too."""
    months = [{"name": one.brief, "year": one.year, "covered": one.covered} for one in shown.months]
    data = {
        "language": current_language(),
        "title": _("The last twelve months"),
        "months": months,
        "words": paid_words(shown),
    }
    return Upload("months.png", draw("channels/telegram/typst/strip.typ", data, dots_per_inch=_DOTS_PER_INCH))


def reasons_words(shown: StatusShown) -> str:
    """The reasons, the rule, the ways out, and what to do next."""
    why = "\n".join([*(f"• {reason}" for reason in shown.reasons), shown.rule])
    parts = [why]
    if shown.ways:
        parts.append(_("How to be insured") if not shown.good else _("How to stay insured"))
        parts += [_way(way, shown) for way in shown.ways if way.costs]
        parts.append(_("Prices are those of somebody without an income."))
        if free := [_way(way, shown) for way in shown.ways if not way.costs]:
            parts += [_("Without paying yourself, if this is about you"), *free]
    return "\n\n".join([*parts, _next(shown)])


def _way(way: Way, shown: StatusShown) -> str:
    lines = [f"▪ {way.title}" + (f" ({_('The cheapest')})" if way.cheapest else "")]
    if way.price:
        price = way.price
        if way.from_day:
            begins = (
                _("insured from %(day)s") % {"day": say_date(way.from_day)}
                if way.from_day > shown.on
                else _("insured as soon as the payment arrives")
            )
            price = f"{price}, {begins}"
        lines.append(price)
    return "\n".join([*lines, way.note])


def _next(shown: StatusShown) -> str:
    steps = [
        _("Make sure that you are attached to a clinic of primary care."),
        _("Make an appointment with your district doctor there."),
        _(
            "If there is a need, the doctor refers you to tests, examinations or a specialist. The Fund pays for all "
            "of it: you do not."
        )
        if shown.good
        else _("The district doctor, ambulance and emergency care are free for you now too."),
        _(
            "If you are refused, made to wait or asked to pay, go to the patient support service of the clinic; if "
            "that does not help, write to us or call 1414."
        ),
    ]
    return "\n".join([f"{_('What to do next')}:", *(f"{number}. {step}" for number, step in enumerate(steps, 1))])
