from enum import StrEnum

from django.conf import settings
from django.db import models

from qorgau.directory.models import Desk, Organisation, Region, Topic
from qorgau.people.models import Applicant
from qorgau.register.order import due_or_never, topic_or_last, waiting_or_never
from qorgau.rules.kinds import Channel, Kind, Procedure
from qorgau.rules.states import OPEN, State


def _choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


_IS_OPEN = models.Q(state__in=sorted(state.value for state in OPEN))


class Appeal(models.Model):
    """One appeal, whoever holds it.

    Number, original text, time of receipt and delivery key never change; the database refuses it (migration 0002).
    `version` grows by one with every change and equals the number of journal lines.
    """

    number = models.CharField(max_length=16)
    delivery_key = models.CharField(max_length=80)
    content_digest = models.BinaryField()
    code_version = models.PositiveSmallIntegerField(default=1)

    kind = models.CharField(max_length=12, choices=_choices(Kind))
    procedure = models.CharField(max_length=12, choices=_choices(Procedure))
    channel = models.CharField(max_length=12, choices=_choices(Channel))
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)

    text = models.TextField()
    circumstances = models.TextField(blank=True)
    desired_outcome = models.TextField(blank=True)
    event_date = models.DateField(null=True)
    event_date_as_said = models.CharField(max_length=60, blank=True)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    organisation_as_said = models.CharField(max_length=300, blank=True)
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="appeals")
    # Somebody else's rights, when a relative or a representative writes.
    patient = models.ForeignKey(
        Applicant, null=True, on_delete=models.PROTECT, db_index=False, related_name="appeals_about"
    )
    relation = models.CharField(max_length=60, blank=True)
    sensitive = models.BooleanField(default=False)
    # What was kept as said although it looked wrong: [Sentence as JSON].
    flags = models.JSONField(default=list)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    received_at = models.DateTimeField()
    registered_on = models.DateField()

    state = models.CharField(max_length=20, choices=_choices(State))
    holder = models.ForeignKey(Desk, on_delete=models.PROTECT, db_index=False, related_name="held_appeals")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    due_on = models.DateField(null=True)
    overdue = models.BooleanField(default=False)
    # How often a desk that was offered the appeal has returned it.
    returns = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Since when the next step has been ours; empty while the ball is with the applicant.
    waiting_since = models.DateTimeField(null=True)
    # Why this desk: a Sentence as JSON.
    because = models.JSONField(default=dict)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    version = models.PositiveIntegerField(default=1)
    journal_head = models.BinaryField()

    class Meta:
        constraints = [
            # This order of characters serves the beginning of a number too, so one index does for both.
            models.UniqueConstraint(fields=["number"], opclasses=["varchar_pattern_ops"], name="one_number"),
            models.UniqueConstraint(fields=["delivery_key"], name="one_delivery_key"),
        ]
        # Registering pays for each of them, so there is none that another one leads with.
        indexes = [
            # What lists are ordered by (`register/order.py`): a page is entered at its place, however deep it lies.
            models.Index("holder", due_or_never(), waiting_or_never(), "id", condition=_IS_OPEN, name="appeal_desk"),
            models.Index(fields=["-received_at", "-id"], name="appeal_newest"),
            models.Index(due_or_never(), waiting_or_never(), "id", name="appeal_due"),
            models.Index(waiting_or_never(), "id", name="appeal_waiting"),
            models.Index(topic_or_last(), "received_at", "id", name="appeal_by_topic"),
            # Rare combinations of filters, which no walk along an order would meet.
            models.Index(fields=["kind", "channel", "language"], name="appeal_facets"),
            models.Index(
                fields=["assignee", "state"], condition=models.Q(assignee__isnull=False), name="appeal_assignee"
            ),
            models.Index(fields=["patient"], condition=models.Q(patient__isnull=False), name="appeal_patient"),
            models.Index(fields=["topic", "-received_at", "-id"], name="appeal_topic"),
            models.Index(fields=["organisation", "-received_at"], name="appeal_organisation"),
            models.Index(fields=["region", "-received_at"], name="appeal_region"),
            models.Index(
                fields=["due_on"],
                name="appeal_running",
                condition=models.Q(
                    state__in=["registered", "in_work", "awaiting_applicant", "awaiting_clinic", "on_approval"]
                ),
            ),
            # States that few are in. Nothing begins in one of them, so registering does not pay for it.
            models.Index(
                fields=["state", "-received_at", "-id"],
                name="appeal_in_rare_state",
                condition=models.Q(
                    state__in=[
                        "answered",
                        "awaiting_applicant",
                        "awaiting_clinic",
                        "merged",
                        "on_approval",
                        "redirected",
                        "withdrawn",
                    ]
                ),
            ),
            models.Index(fields=["answered_at"], condition=models.Q(state="answered"), name="appeal_unrated"),
            # Supervision counts what ended in a period. Registering pays for none of these: nothing has ended then.
            models.Index(fields=["answered_at"], condition=models.Q(answered_at__isnull=False), name="appeal_answered"),
            models.Index(fields=["closed_at"], condition=models.Q(state="withdrawn"), name="appeal_withdrawn"),
        ]

    def __str__(self) -> str:
        return self.number
