from django.db import models


class OneTimeCode(models.Model):
    """A code that was sent to the telephone known for a person, so that they can prove to be the person.

    Neither the code nor the identity number is here: the person is a keyed hash, and the code is made of the seed under
    a key that lies outside the database (`people/one_time_codes.py`).
    """

    person = models.BinaryField()
    seed = models.BinaryField()
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="one_time_code_made")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
