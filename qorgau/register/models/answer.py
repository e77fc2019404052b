from django.conf import settings
from django.db import models

from qorgau.register.models.appeal import Appeal


class Answer(models.Model):
    """The answer to an appeal, from the first draft to the moment it was sent."""

    DECISIONS = [
        ("founded", "founded"),
        ("partly", "partly"),
        ("unfounded", "unfounded"),
        ("explained", "explained"),
        ("redirected", "redirected"),
    ]

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="answer")
    decision = models.CharField(max_length=12, choices=DECISIONS)
    text = models.TextField()
    legal_basis = models.TextField(blank=True)
    how_to_appeal = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_back_reason = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
