from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One message that must leave, written in the transaction of the change it tells of.

    It knows an appeal only by its number. Its words are made when it leaves, in the person's language
    (`notices/wording.py`), from `topic` and `facts`.
    """

    STATES = [
        ("waiting", _("waiting")),
        ("sent", _("sent")),
        ("failed", _("could not be delivered")),
        ("undeliverable", _("no way to reach the person")),
        ("overtaken", _("no longer so, never sent")),
    ]

    appeal_number = models.CharField(_("appeal"), max_length=16)
    topic = models.CharField(_("what it tells"), max_length=40)
    facts = models.JSONField(default=dict)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    # "email", "sms", … and the address there; empty when the person left none.
    transport = models.CharField(_("way"), max_length=12)
    address = models.CharField(_("address"), max_length=254)
    for_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("written at"))
    # Not before this moment: quiet hours and pauses between attempts.
    due_at = models.DateTimeField(_("leaves at"))
    # Somebody waits for it at a screen until then: it leaves in quiet hours too, and later not at all.
    awaited_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # How many of them may have arrived although nobody knows: Telegram, for one, does not know a repeat.
    unsure = models.PositiveSmallIntegerField(default=0, db_default=0)
    state = models.CharField(_("state"), max_length=15, choices=STATES, default="waiting")
    sent_at = models.DateTimeField(_("sent at"), null=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    # What the receiving system calls it.
    external_id = models.CharField(max_length=128, blank=True)
    claimed_until = models.DateTimeField(null=True)
    # Rows of one occasion tell the same to several chats of one person; None where one row tells it alone.
    occasion = models.UUIDField(null=True)
    # The notice that could not be delivered by the person's other way.
    instead_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="notice_waiting"),
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="waiting", awaited_until__isnull=False),
                name="notice_awaited",
            ),
            models.Index(fields=["appeal_number"], name="notice_of_appeal"),
            models.Index(fields=["occasion"], condition=models.Q(occasion__isnull=False), name="notice_of_occasion"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.appeal_number}"
