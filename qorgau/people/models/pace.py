from django.db import models


class Pace(models.Model):
    """How fast somebody has been asking lately (`people/pace.py`). The key is a keyed hash of who, and of what.

    The table is not logged: after a crash everybody begins anew, and no question waits for the disk.
    """

    key = models.BinaryField(primary_key=True)
    # When the last question was let through, and when all of them will have been forgotten.
    asked_at = models.DateTimeField()
    forgotten_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["forgotten_at"], name="pace_forgotten")]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
