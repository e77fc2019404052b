"""What is done with a leading appeal is done with those that are part of it, each on its own row, clock and journal."""

from datetime import datetime

from qorgau.directory.models import Desk
from qorgau.handling.ending import end, stop_waiting
from qorgau.handling.moving import move
from qorgau.lib.sealed import unseal
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Applicant, Staff
from qorgau.register import custody
from qorgau.register.merged import hold_together, merged_into
from qorgau.register.models import Answer, Appeal
from qorgau.rules.naming import Signs, names
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


def part_of(leading: Appeal) -> list[Appeal]:
    """The appeals that are part of this one, held with it until the transaction ends."""
    merged = list(merged_into(leading).select_related("applicant", "patient", "holder"))
    if merged:
        hold_together([leading, *merged])
    return merged


def require_nobody_named(written: Answer, leading: Appeal, merged: list[Appeal]) -> None:
    """Raise Problem (field `text`) when the answer would tell one applicant who another is."""
    if not merged:
        return
    appeals = [leading, *merged]
    signs = {appeal.pk: _signs(appeal) for appeal in appeals}
    text = "\n".join((written.text, written.legal_basis, written.how_to_appeal))
    for reader in appeals:
        others = Signs()
        for other in appeals:
            others = others if other is reader else others | signs[other.pk]
        if found := names(text, others.besides(signs[reader.pk])):
            raise Problem(
                Sentence(
                    N_(
                        "The answer goes to {count} applicants and names one of them to the others: {words}. "
                        "Take it out, or separate the appeals."
                    ),
                    {"count": len(appeals), "words": ", ".join(found)},
                ),
                "text",
            )


def answer_together(merged: list[Appeal], written: Answer, *, staff: Staff, at: datetime) -> None:
    """Give the answer that was just sent to the applicants of the merged appeals too: each gets their own copy, may
    rate it and may go one step higher.
    """
    for appeal in merged:
        move(
            Verb.ANSWER,
            appeal,
            by=staff,
            at=at,
            through_leading=True,
            details={"decision": written.decision},
            answered_at=at,
            waiting_since=None,
        )
        Answer.objects.update_or_create(
            appeal=appeal,
            defaults={
                name: getattr(written, name)
                for name in (
                    "decision", "text", "legal_basis", "how_to_appeal", "language", "author", "drafted_at",
                    "submitted_at", "approved_at", "approved_by", "sent_at", "sent_by",
                )
            },
        )  # fmt: skip
        stop_waiting(appeal, at=at)
        tell(topic=Topic.ANSWERED, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=at)


def redirect_together(merged: list[Appeal], *, staff: Staff, body: str, because: Sentence, at: datetime) -> None:
    """Let the merged appeals go to the body outside that the leading one went to; each applicant is told."""
    for appeal in merged:
        move(
            Verb.REDIRECT,
            appeal,
            by=staff,
            at=at,
            through_leading=True,
            because=because,
            closed_at=at,
            waiting_since=None,
            due_on=None,
        )
        end(appeal, at=at)
        place = {"place": body}
        tell(topic=Topic.REDIRECTED, appeal_number=appeal.number, applicant=appeal.applicant, facts=place, at=at)


def show_to(merged: list[Appeal], desk: Desk) -> None:
    """Let a desk that the leading appeal is offered to see the merged ones."""
    for appeal in merged:
        custody.bring_in(appeal, desk)


def hand_over_together(merged: list[Appeal], desk: Desk, *, staff: Staff, because: Sentence, at: datetime) -> None:
    """Let the merged appeals pass to the desk that accepted the leading one."""
    for appeal in merged:
        move(Verb.ACCEPT, appeal, by=staff, at=at, through_leading=True, because=because, holder=desk)
        custody.begin(appeal, desk, staff=staff, at=at, because=because)


def _signs(appeal: Appeal) -> Signs:
    people = [person for person in (appeal.applicant, appeal.patient) if person is not None]
    signs = Signs.of(marks=[appeal.number])
    for person in people:
        signs |= _signs_of(person)
    return signs


def _signs_of(person: Applicant) -> Signs:
    return Signs.of(
        words=(person.surname, person.given_name),
        digits=(person.phone, unseal(bytes(person.iin_sealed)) if person.iin_sealed else ""),
        marks=(person.email,),
    )
