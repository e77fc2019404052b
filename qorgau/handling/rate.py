"""The applicant rates the answer."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.ending import end
from qorgau.handling.moving import move
from qorgau.lib.clean_text import clean
from qorgau.register.actors import APPLICANT
from qorgau.register.models import Appeal, Rating
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb

OUTCOMES = tuple(code for code, _ in Rating.OUTCOMES)


@transaction.atomic
def rate(appeal: Appeal, *, outcome: str, stars: int | None, words: str, at: datetime) -> None:
    """Say whether the matter was solved; that closes the appeal.

    Whoever says "not solved" may go one step higher afterwards (`open_next_stage`): closing takes nothing away.
    The same rating sent twice is written down once.
    Raises Problem when the outcome (field `outcome`) or the stars (field `stars`, 1 to 5) are none of those offered.
    """
    if outcome not in OUTCOMES:
        raise Problem(Sentence(N_("Choose whether the matter was solved.")), "outcome")
    if stars is not None and not 1 <= stars <= 5:
        raise Problem(Sentence(N_("Choose from one to five stars.")), "stars")
    words = clean(words)[:5000]
    if Rating.objects.filter(appeal=appeal, outcome=outcome, stars=stars, words=words).exists():
        return
    move(Verb.RATE, appeal, by=APPLICANT, at=at, details={"outcome": outcome, "stars": stars}, closed_at=at)
    Rating.objects.create(appeal=appeal, outcome=outcome, stars=stars, words=words, at=at)
    end(appeal, at=at)
