"""What the page of a status says. Without proof it is made once for all who are told the same.

Hundreds of thousands are insured by the same rule with the same months paid, and making the words of the page costs
more than all that surrounds them. They are made of plain facts, so they are kept by these and never out of date. What
is each person's own, the masked number and what forms carry, is left blank and filled in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from markupsafe import Markup

from qorgau.channels.portal.insurance.asked_about import carried
from qorgau.channels.portal.insurance.sign_in import sign_in_address, sign_in_name
from qorgau.channels.portal.insurance.warnings.asking import offer
from qorgau.directory.reference import current
from qorgau.insured.answers import Insured
from qorgau.insured.shown import StatusShown, shown_to_all, status_shown
from qorgau.insured.twelve_months import MonthShown, twelve_months
from qorgau.insured.verdicts import Standing, standing_for_all, ways_from
from qorgau.lib.pages import piece
from qorgau.lib.speech import current_language
from qorgau.register.known_phones import PhonesTrusted
from qorgau.rules.contributions import Payer
from qorgau.rules.privacy import mask_iin

PRICED = (Payer.SELF_PAYER, Payer.ENTREPRENEUR)
"""Those who pay for themselves whatever they earn, so that ways out have a price for them."""
KEPT = 2_000
"""So many answers of some ten kilobytes are kept by a process."""
_WORDS = "portal/insurance/answer_words.html"
_BLANK = re.compile("\0(.*?)\0")
_BLANKS = {name: Markup(f"\0{name}\0") for name in ("csrf_input", "person", "masked")}  # noqa: S704 - names of ours


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict in one sentence, and all that the page says."""

    headline: str
    words: Markup


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands on the page beside what is known of the person."""

    payer: Payer
    sign_in: str
    sign_in_address: str
    proof_by_sms: bool
    warnings_offered: bool
    warned_addresses: int

    def facts(self) -> dict[str, Any]:
        other = next(other for other in PRICED if other != self.payer)
        return {name: getattr(self, name) for name in self.__slots__} | {"other_payer": other}


@dataclass(frozen=True, slots=True)
class _Facts:
    """Everything that the words rest on. Two with the same facts read the same in this language."""

    language: str
    directory: UUID | None
    on: date
    as_of: date
    known: Standing
    months: tuple[MonthShown, ...]
    around: _Around


def answer_in_words(
    request: HttpRequest, iin: str, insured: Insured, on: date, *, proven: bool, payer: Payer
) -> Answer:
    """What the page says to whoever asks, or with proof to the person. Raises Problem as `status_shown` does."""
    around, own = _around(iin, proven=proven, payer=payer), _own(request, iin)
    if proven:
        shown = status_shown(insured, on, proven=True, payer=payer)
        return Answer(shown.headline, _made(shown, around, own))
    headline, parts = _for_all(
        _Facts(
            language=current_language(),
            directory=current().stamp,
            on=on,
            as_of=insured.as_of,
            known=standing_for_all(insured, on),
            months=twelve_months(insured, on, proven=False),
            around=around,
        )
    )
    return Answer(headline, _filled_in(parts, own))


def _around(iin: str, *, proven: bool, payer: Payer) -> _Around:
    service = sign_in_name()
    return _Around(
        payer=payer,
        sign_in=service,
        sign_in_address=sign_in_address() if service else "",
        proof_by_sms=settings.PROOF_PHONES != PhonesTrusted.NONE,
        **offer(iin, proven=proven),
    )


def _own(request: HttpRequest, iin: str) -> dict[str, str]:
    return {"csrf_input": csrf_input(request), "person": carried(iin), "masked": mask_iin(iin)}


@lru_cache(maxsize=KEPT)
def _for_all(facts: _Facts) -> tuple[str, list[str]]:
    """The verdict, and the words in parts: every second one is the name of what is to be filled in."""
    ways = ways_from(facts.known.verdict, facts.on, payer=facts.around.payer)
    shown = shown_to_all(replace(facts.known, ways=ways), facts.months, facts.as_of, facts.on)
    return shown.headline, _BLANK.split(_made(shown, facts.around, _BLANKS))


def _made(shown: StatusShown, around: _Around, own: Mapping[str, str]) -> Markup:
    return piece(_WORDS, shown=shown, **around.facts(), **own)


def _filled_in(parts: list[str], own: Mapping[str, str]) -> Markup:
    """The parts in their order. What is filled in is our own: digits, stars and what Django or we have sealed."""
    return Markup("".join(own[part] if place % 2 else part for place, part in enumerate(parts)))  # noqa: S704
