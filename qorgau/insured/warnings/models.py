from django.conf import settings
from django.db import models


class Subscription(models.Model):
    """Somebody wants to hear before a person loses the insurance: about whom, where, in which language, by which
    consent, until when.

    About whom is a keyed hash, and so is the address by which it is found; the address itself lies sealed. Nothing else
    of the person is here, neither name nor identity number. The label is what the subscriber calls the person.
    """

    SMS, EMAIL, TELEGRAM = "sms", "email", "telegram"
    CHANNELS = [(SMS, "SMS"), (EMAIL, "e-mail"), (TELEGRAM, "Telegram")]
    COVERED, LOST = "covered", "lost"
    SEEN = [("", "not looked yet"), (COVERED, "there was cover"), (LOST, "there was none")]
    STOPPED, BY_PERSON, REFUSED = "stopped", "by_person", "refused"
    WHY = [
        (STOPPED, "stopped by the link in a message"),
        (BY_PERSON, "stopped by the person whom it was about"),
        (REFUSED, "the address does not exist any more"),
    ]

    person = models.UUIDField()
    channel = models.CharField(max_length=12, choices=CHANNELS)
    address_sealed = models.BinaryField()
    address_hash = models.BinaryField(max_length=16)
    label_sealed = models.BinaryField(default=b"")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    # Also when there is cover again.
    tells_back = models.BooleanField(default=False)
    # Whoever asked had proved to be the person, so that they may hear what the page tells only with proof.
    proven = models.BooleanField(default=False)
    # Of the text of the consent with the purpose "insurance_warning".
    consent_version = models.CharField(max_length=40)
    confirmed_at = models.DateTimeField()
    # What the last look at the register found; who never had cover has not lost it.
    seen = models.CharField(max_length=10, choices=SEEN, default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=10, choices=WHY, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "address_hash"],
                condition=models.Q(ended_at=None),
                name="one_warning_of_a_person_at_an_address",
            ),
        ]
        indexes = [
            models.Index(fields=["address_hash"], name="warnings_of_address"),
            models.Index(fields=["ended_at"], condition=models.Q(ended_at__isnull=False), name="warnings_ended"),
        ]


class Told(models.Model):
    """What a subscriber was told about one day: each step of it once, whatever runs twice or is killed between."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="told", db_index=False)
    # The last day of cover; of cover that came back the first day of the month in which it was seen.
    day = models.DateField()
    step = models.CharField(max_length=5)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "day", "step"], name="told_once_of_a_day"),
        ]


class Round(models.Model):
    """One walk over all subscriptions: for which day, over which register, and how far it came.

    One that was killed goes on behind the last subscription that it reached.
    """

    day = models.DateField()
    register = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    reached = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "register"], name="one_round_a_day_and_register")]
