from django.contrib.postgres.indexes import GinIndex
from django.db import models

from qorgau.lib.text_search import Lexemes
from qorgau.register.models.appeal import Appeal


class AppealWords(models.Model):
    """The words by which an appeal is found (`register/words.py`)."""

    # Written in the statement that writes the appeal, which is never deleted: there is nothing to check.
    appeal = models.OneToOneField(
        Appeal, primary_key=True, db_constraint=False, on_delete=models.PROTECT, related_name="words"
    )
    lexemes = Lexemes()

    class Meta:
        indexes = [GinIndex(fields=["lexemes"], name="appeal_words")]
