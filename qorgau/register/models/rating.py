from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from qorgau.register.models.appeal import Appeal


class Rating(models.Model):
    """What the applicant thinks of the answer; it closes the appeal."""

    OUTCOMES = [("solved", "solved"), ("partly", "partly"), ("not_solved", "not_solved")]

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="rating")
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    stars = models.PositiveSmallIntegerField(null=True, validators=[MinValueValidator(1), MaxValueValidator(5)])
    words = models.TextField(blank=True)
    at = models.DateTimeField()
