"""Laying a draft before the head of the desk."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_finished
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.rules.states import Verb


@transaction.atomic
def submit_for_approval(appeal: Appeal, *, staff: Staff, at: datetime, seen_version: int | None = None) -> None:
    """Lay the draft before the head of the desk or the deputy. It cannot be changed until they have read it.

    Why it was sent back before is no longer said above it; the journal keeps that.

    Raises Problem when a place of a template was left unfilled.
    """
    written = Answer.objects.filter(appeal=appeal).first()
    if written is not None:
        require_finished(written.text, written.legal_basis, written.how_to_appeal)
    move(Verb.SUBMIT_FOR_APPROVAL, appeal, by=staff, at=at, seen_version=seen_version)
    Answer.objects.filter(appeal=appeal).update(submitted_at=at, sent_back_reason="")
