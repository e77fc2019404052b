"""Putting right what an appeal is about."""

from datetime import datetime
from typing import Any

from django.db import transaction

from qorgau.directory.models import Organisation, Region, Topic
from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def correct(
    appeal: Appeal,
    *,
    staff: Staff,
    topic: Topic | None,
    organisation: Organisation | None,
    region: Region | None,
    reason: str,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Give the appeal the reason, the organisation and the region that it really is about.

    1. Filters, checklists, ready texts and figures follow from now on; an organisation brings its own region.
    2. The words of the person, the desk and the terms stay: whoever should not hold it hands it over by a step of its
       own, and a day that was promised is kept.
    3. The journal tells what was before and after, and why.

    Raises Problem: field `reason` when there is none; `topic` for a reason of sensitive appeals while this one is not;
    `organisation` where the clinic's own desk would say that it is about somebody else; and when nothing differs.
    """
    reason = require_reason(reason)
    if organisation is not None:
        region = current().regions[organisation.region_id]
    if topic is not None and topic.sensitive and not appeal.sensitive:
        raise Problem(
            Sentence(N_("This reason is for sensitive appeals: mark the appeal as sensitive first.")), "topic"
        )
    fields: dict[str, Any] = {"topic": topic, "organisation": organisation, "region": region}
    if all(getattr(appeal, f"{name}_id") == (value.pk if value else None) for name, value in fields.items()):
        raise Problem(Sentence(N_("Nothing differs from what is there already.")))
    own_desk = appeal.holder.kind == DeskKind.CLINIC and appeal.organisation_id == appeal.holder.organisation_id
    if own_desk and (organisation is None or organisation.pk != appeal.organisation_id):
        # A complaint that is confirmed costs a clinic money (DOMAIN §5.4), so it does not take itself out of it.
        raise Problem(
            Sentence(
                N_(
                    "The clinic's own desk does not say that the appeal is about another organisation: hand it over "
                    "with the reason, and the other desk corrects it."
                )
            ),
            "organisation",
        )
    because = Sentence(N_("Corrected: {reason}"), {"reason": reason})
    move(Verb.CORRECT, appeal, by=staff, at=at, seen_version=seen_version, because=because, **fields)
