"""Staged files becoming attachments of an appeal, in the transaction of the verb that takes them."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from qorgau.intake.models import StagedFile
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Attachment, Message
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence


def attach(
    appeal: Appeal,
    tokens: Iterable[str],
    *,
    message: Message | None = None,
    staff: Staff | None = None,
    at: datetime,
) -> list[Attachment]:
    """Attach the staged files in the order of their tokens; a token serves once, whoever is faster.

    Raises Problem (field "files") when a token is not known any more or there are too many. Must run inside the
    caller's transaction, so that a refusal leaves both the appeal and the staged files as they were.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("files are attached in the transaction of the verb that takes them")
    wanted = list(dict.fromkeys(tokens))
    if not wanted:
        return []
    refuse_too_many(len(wanted))
    staged = {row.token: row for row in StagedFile.objects.select_for_update().filter(token__in=wanted).order_by("pk")}
    if len(staged) < len(wanted):
        raise Problem(
            Sentence(N_("A file that was added here is no longer kept, or was sent already. Please add it again.")),
            "files",
        )
    attachments = Attachment.objects.bulk_create(
        _attachment(staged[token], appeal, message, staff, at) for token in wanted
    )
    StagedFile.objects.filter(pk__in=[row.pk for row in staged.values()]).delete()
    return attachments


def refuse_too_many(count: int) -> None:
    """Raise Problem when more files come at once than the settings allow."""
    if count > settings.ATTACHMENTS_AT_MOST:
        raise Problem(
            Sentence(
                N_("{count} files were added; {limit} can be sent at once. Send the others with a message afterwards."),
                {"count": count, "limit": settings.ATTACHMENTS_AT_MOST},
            ),
            "files",
        )


def _attachment(
    row: StagedFile, appeal: Appeal, message: Message | None, staff: Staff | None, at: datetime
) -> Attachment:
    return Attachment(
        appeal=appeal,
        message=message,
        name=row.name,
        stored_as=row.stored_as,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        added_at=at,
        added_by=staff,
    )
