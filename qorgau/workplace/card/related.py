"""Appeals that belong to this one: earlier and later ones, and others of the same person. Only those in scope."""

from functools import cache
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from qorgau.lib.kept_queries import KeptQuery, any_of, given
from qorgau.people.models import Applicant, Staff
from qorgau.people.same_person import same_person_filter
from qorgau.register.merged import PART_OF
from qorgau.register.models import Appeal, Link
from qorgau.register.scope import ScopedQuery, scope_of
from qorgau.rules.kinds import Kind
from qorgau.rules.states import OPEN
from qorgau.workplace.state_words import state_words
from qorgau.workplace.wording import KINDS, LINKS, LINKS_SEEN_FROM_THE_EARLIER

MOST_OF_ONE_PERSON = 6
"""On the card; the applicant's card has all of them."""


LINKS_OF = KeptQuery(
    lambda: Link.objects.filter(Q(appeal_id=given("appeal")) | Q(earlier_id=given("appeal"))).order_by("at", "pk")
)
_AMONG = ScopedQuery(lambda appeals: appeals.filter(any_of("pk", "appeals")).order_by("received_at"))


def linked(appeal: Appeal, staff: Staff) -> list[dict[str, Any]]:
    """Earlier and later appeals that this one is linked with, as far as this person may see them."""
    found = LINKS_OF.all(appeal=appeal.pk)
    # Of several links with one appeal the card names the merging.
    links = sorted(found, key=lambda link: link.type == PART_OF)
    ids = {(link.earlier_id if link.appeal_id == appeal.pk else link.appeal_id): link for link in links}
    seen = _AMONG.all(staff, appeals=list(ids)) if ids else []
    return [row_of(other, _relation(ids[other.pk], appeal)) | {"type": ids[other.pk].type} for other in seen]


def of_the_same_person(appeal: Appeal, staff: Staff) -> list[dict[str, Any]]:
    """Other appeals that are probably by the same person, open ones first, as far as this person may see them."""
    asked = asked_of_the_same_person(appeal, staff)
    others = asked.all(**known_of(appeal), appeal=appeal.pk, **scope_of(staff)) if asked else []
    return [row_of(other, "") for other in others]


def asked_of_the_same_person(appeal: Appeal, staff: Staff) -> KeptQuery[Appeal] | None:
    """The query for them, with the values of `known_of` and of the scope; None when nothing is known of the person."""
    known = known_of(appeal)
    return _of_somebody(*map(bool, known.values())).kept_for(staff) if any(known.values()) else None


def known_of(appeal: Appeal) -> dict[str, Any]:
    """By what the applicant can be known again."""
    one = appeal.applicant
    return {"iin": one.iin_hash, "phone": one.phone, "email": one.email}


@cache
def _of_somebody(iin: bool, phone: bool, email: bool) -> ScopedQuery[Appeal]:
    """Appeals of whoever is known by these."""
    somebody = Applicant(
        iin_hash=given("iin") if iin else None,
        phone=given("phone") if phone else "",
        email=given("email") if email else "",
    )
    same = same_person_filter(somebody)
    assert same is not None, "asked for somebody who is known by something"
    ended = Case(When(state__in=sorted(OPEN), then=Value(0)), default=Value(1), output_field=IntegerField())

    def others(appeals: QuerySet[Appeal]) -> QuerySet[Appeal]:
        theirs = appeals.filter(applicant__in=same).exclude(pk=given("appeal"))
        return theirs.order_by(ended, "-received_at", "-pk")[:MOST_OF_ONE_PERSON]

    return ScopedQuery(others)


def _relation(link: Link, appeal: Appeal) -> Any:
    words = LINKS if link.appeal_id == appeal.pk else LINKS_SEEN_FROM_THE_EARLIER
    return words[link.type]


def row_of(appeal: Appeal, relation: Any) -> dict[str, Any]:
    """Another appeal in a line or two."""
    return {
        "number": appeal.number,
        "href": reverse("desk:appeal", args=[appeal.number]),
        "relation": relation,
        "kind": KINDS[Kind(appeal.kind)],
        "state": appeal.state,
        "state_words": state_words(appeal),
        "received_on": timezone.localdate(appeal.received_at),
    }
