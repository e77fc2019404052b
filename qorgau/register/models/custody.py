from django.conf import settings
from django.db import models

from qorgau.directory.models import Desk, Region, Topic
from qorgau.register.models.appeal import Appeal


class Custody(models.Model):
    """Which desk held an appeal, from when to when. Exactly one is open while the appeal is."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="custodies")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, db_index=False, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    because = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal"], condition=models.Q(until__isnull=True), name="one_holder"),
        ]


class Handover(models.Model):
    """An appeal offered to another desk. The giver holds it until the receiver accepts or returns it with a reason."""

    OUTCOMES = [
        ("accepted", "accepted"),
        ("returned", "returned"),
        # By the desk that had offered it; or the appeal ended before anybody did anything.
        ("taken_back", "taken back"),
        ("lapsed", "lapsed"),
    ]

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="offered_appeals")
    reason = models.TextField()
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    # Why it was returned, or taken back.
    return_reason = models.TextField(blank=True)
    # It came back too often: the rung above has to take it and decide, so it is not returned once more.
    escalated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal"], condition=models.Q(settled_at__isnull=True), name="one_open_handover"
            ),
        ]
        indexes = [
            models.Index(fields=["receiver"], condition=models.Q(settled_at__isnull=True), name="handover_offered"),
            models.Index(fields=["settled_at"], condition=models.Q(outcome="returned"), name="handover_returned"),
        ]


OF_THE_APPEAL = ("received_at", "kind", "channel", "language", "topic_id", "region_id")
"""What a participation carries of its appeal."""


class Participation(models.Model):
    """A desk that takes or took part in an appeal: it may see it. Written whenever a desk is brought in.

    It ends for a desk that never held the appeal, once it returned what it was offered or replied to what it was asked.
    """

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, db_index=False, related_name="participations")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, db_index=False, related_name="+")
    ended_at = models.DateTimeField(null=True)

    # What hardly ever changes of the appeal stands here too, so that what a desk sees is narrowed and read in the order
    # of receipt without reading the appeals. The database itself follows the appeal when one of these is corrected.
    received_at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    topic = models.ForeignKey(
        Topic, null=True, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    region = models.ForeignKey(
        Region, null=True, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    # Of all that a desk ever took part in, few are open, and few are of another region than its own. The database keeps
    # both; whether the appeal is open, whoever writes the row says first.
    is_open = models.BooleanField()
    elsewhere = models.BooleanField(default=False, editable=False)

    class Meta:
        # Whether a desk takes part is asked of every row on the way to a page: both indexes answer it by themselves.
        constraints = [
            models.UniqueConstraint(fields=["appeal", "desk"], include=["ended_at"], name="participation_once")
        ]
        indexes = [
            models.Index(
                fields=["desk", "-received_at", "-appeal"],
                include=["ended_at", "kind", "channel", "language", "topic", "region"],
                name="participation_by_receipt",
            ),
            models.Index(
                fields=["desk", "appeal"],
                condition=models.Q(is_open=True, ended_at__isnull=True),
                name="participation_open",
            ),
            models.Index(
                fields=["desk", "appeal"],
                condition=models.Q(elsewhere=True, ended_at__isnull=True),
                name="participation_elsewhere",
            ),
        ]
