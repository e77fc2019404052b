"""The one way a registered appeal changes: its row, its version and its journal line, together or not at all."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from qorgau.register.actors import Actor
from qorgau.register.journal import line_hash
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.problems import Conflict
from qorgau.rules.sentences import N_, Sentence


class SomebodyWasFaster(Conflict):
    """The appeal changed after it was read. Nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            Sentence(
                N_("Somebody changed this appeal a moment ago. Look at what changed and try again; your text is kept.")
            )
        )


def change(
    appeal: Appeal,
    *,
    verb: str,
    actor: Actor,
    at: datetime,
    because: Sentence | None = None,
    details: dict[str, Any] | None = None,
    details_before: dict[str, Any] | None = None,
    **fields: Any,
) -> JournalLine:
    """Set fields of the appeal and write the journal line of it.

    `details` are facts of the line that are no field of the appeal (which desk was offered, which file was added).
    `details_before` says what they were before, where that is known.
    Both must be JSON of strings, whole numbers, booleans and null, never free text of a person nor personal data.
    Must run inside a transaction; raises SomebodyWasFaster when the appeal is no longer at the version that was read.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a change of an appeal and its journal line belong in one transaction")
    before = {name: _plain(getattr(appeal, name)) for name in fields}
    after = {name: _plain(value) for name, value in fields.items()}
    reason = because.to_json() if because else {}
    sequence = appeal.version + 1
    previous = bytes(appeal.journal_head)
    after = {name: value for name, value in after.items() if value != before[name]} | (details or {})
    before = {name: value for name, value in before.items() if name in after} | (details_before or {})
    head = line_hash(
        previous,
        number=appeal.number,
        sequence=sequence,
        at=at,
        actor=actor.kind,
        staff_id=actor.staff_id,
        verb=verb,
        before=before,
        after=after,
        because=reason,
    )
    moved = Appeal.objects.filter(pk=appeal.pk, version=appeal.version).update(
        version=sequence, journal_head=head, **fields
    )
    if moved != 1:
        raise SomebodyWasFaster
    for name, value in fields.items():
        setattr(appeal, name, value)
    appeal.version, appeal.journal_head = sequence, head
    return JournalLine.objects.create(
        appeal=appeal,
        sequence=sequence,
        at=at,
        actor=actor.kind,
        staff_id=actor.staff_id,
        verb=verb,
        before=before,
        after=after,
        because=reason,
        previous_hash=previous,
        hash=head,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value
