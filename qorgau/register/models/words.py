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


class KnownWord(models.Model):
    """A word that some appeal has: what the beginning of a word may become (`register/known_words.py`)."""

    # Compared byte by byte, so that the index gives all words with the same beginning.
    lexeme = models.CharField(primary_key=True, max_length=60, db_collation="C")

    def __str__(self) -> str:
        return self.lexeme


class WordsGathered(models.Model):
    """One row: up to which appeal words have been gathered."""

    through = models.BigIntegerField(default=0)
