"""What does insurance cost in this month? Who somebody is, what they earn, and the sum with every step to it."""

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.channels.telegram.dialogue.buttons import back_and_menu, begin, on_the_site, to_menu
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.channels.telegram.dialogue.state import Place
from qorgau.insured.what_is_due import (
    WHO,
    WITH_INCOME,
    Line,
    due_in_month,
    line_of,
    shares_of_the_state,
    tenge_typed,
)
from qorgau.lib.speech import say, say_month
from qorgau.lib.telegram.came import Text
from qorgau.lib.telegram.says import Button, Message, Rows
from qorgau.rules.contributions import Income, Payer, tenge_in_words
from qorgau.rules.months import first_day, month_of
from qorgau.rules.problems import Problem

NAME = "calculator"
_LONG_AGO = (Payer.SINGLE_PAYMENT_CITY, Payer.SINGLE_PAYMENT_ELSEWHERE)
"""Payments of earlier years: the site counts those."""


def ask_who(talk: Talk) -> Turn:
    """Who are you?"""
    rows = tuple(
        (Button(str(words), f"{NAME}:{payer.value}"),) for payer, words in WHO.items() if payer not in _LONG_AGO
    )
    question = Message(title=_("What does insurance cost?"), text=_("Who are you?"), buttons=(*rows, to_menu()))
    return Turn(says=(question,), place=Place(NAME, "who"))


def press(talk: Talk, said: str) -> Turn:
    """Who somebody is: the sum, or first what they earn."""
    payer = next((one for one in WHO if one.value == said), None)
    if payer is None:
        return ask_who(talk)
    if payer not in WITH_INCOME:
        return _answer(payer, Decimal(0))
    return _ask_income(payer, _("Write your income of a month before anything is withheld, in tenge."))


def hear(talk: Talk) -> Turn | None:
    """The income."""
    if not isinstance(talk.came, Text) or talk.place.step != "income":
        return None
    payer, income = Payer(talk.place.facts["payer"]), tenge_typed(talk.came.text)
    if income is None:
        return _ask_income(payer, _("Write the sum in digits, for example 350 000."))
    return _answer(payer, income)


def back(talk: Talk) -> Turn:
    """From the income to who somebody is; from there to the menu."""
    return ask_who(talk) if talk.place.step == "income" else Turn(menu=True)


def _ask_income(payer: Payer, words: str) -> Turn:
    place = Place(NAME, "income", {"payer": payer.value})
    return Turn(says=(Message(text=words, buttons=(back_and_menu(),)),), place=place)


def _answer(payer: Payer, income: Decimal) -> Turn:
    month = month_of(timezone.localdate())
    title = _("For %(month)s") % {"month": say_month(first_day(month))}
    shares = shares_of_the_state(month) if payer == Payer.STATE else []
    try:
        due = due_in_month(payer, [Income(payer, income)], month)
    except Problem as problem:
        words = [say(problem.sentence), *_shares(shares)]
    else:
        words = [_line(line_of(one)) for one in due]
        if len(due) > 1:
            together = tenge_in_words(sum((one.tenge for one in due), Decimal(0)))
            words.append(_("Together: %(total)s ₸") % {"total": together})
        words += _shares(shares)
    return Turn(says=(Message(title=title, text="\n\n".join(words), buttons=_afterwards()),))


def _line(line: Line) -> str:
    steps = [f"{number}. {step}" for number, step in enumerate(line.steps, 1)]
    lines = [f"{line.tenge} ₸ – {line.who}", *steps, _("Basis: %(basis)s.") % {"basis": line.basis}]
    if not line.sure:
        lines.append(
            _("One of the amounts for this month has not been checked against the act yet. Ask 1414 before you pay.")
        )
    return "\n".join(lines)


def _shares(shares: list[tuple[str, str]]) -> list[str]:
    if not shares:
        return []
    lines = [
        "• "
        + _("since %(day)s: %(percent)s %% of the average wage of the year two years back")
        % {"day": since, "percent": percent}
        for since, percent in shares
    ]
    return ["\n".join([_("What the state pays for each person of a preferential category"), *lines])]


def _afterwards() -> Rows:
    return (
        (begin(NAME, _("Count once more")),),
        *on_the_site(_("Another month, several incomes: on the site"), "calculator"),
        to_menu(),
    )


PATH = Path(
    name=NAME,
    begin=ask_who,
    hear=hear,
    press=press,
    back=back,
    title=gettext_lazy("Count the contributions"),
    order=50,
    known_as=("калькулятор", "calculator"),
    command="calculator",
    describes=gettext_lazy("What does insurance cost in a month"),
)
