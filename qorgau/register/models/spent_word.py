from django.db import models


class SpentWord(models.Model):
    """A word in an address that opened an appeal once and does so no more (`handling/for_applicant/taken_along.py`).

    The row tells neither which appeal nor who; it is needed for as long as the word would work.
    """

    word = models.UUIDField(primary_key=True)
    spent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.spent_at:%Y-%m-%d %H:%M}"
