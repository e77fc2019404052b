from django.db import models

from qorgau.directory.models import AttachmentReason
from qorgau.register.models.appeal import Appeal


class ClinicChoice(models.Model):
    """That an appeal asks for attachment to its organisation: why, and what the rules said of it when it was sent.

    The reason may tell what a person is (a pensioner, a convict), so it is for those who read personal data.
    """

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, primary_key=True, related_name="clinic_choice")
    reason = models.ForeignKey(AttachmentReason, on_delete=models.PROTECT, db_index=False, related_name="+")
    # `rules/attachment.py: Verdict` as JSON.
    verdict = models.JSONField()
