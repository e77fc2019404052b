from django.conf import settings
from django.db import models


class FailedAttempts(models.Model):
    """Failures in a row that share a name, an address or both, and the pause they earned (`people/guessing.py`).

    The key is a keyed hash: neither names nor addresses can be read from this table.
    """

    key = models.BinaryField(unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="failed_attempts_at")]

    def __str__(self) -> str:
        return f"{self.failures}"


class SpentCode(models.Model):
    """A code of the second factor that was used: whoever looked over a shoulder can't use it again (RFC 6238 §5.2)."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "digest"], name="code_spent_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
