from django.conf import settings
from django.db import models

from qorgau.register.models import Appeal


class Seen(models.Model):
    """Up to which version of an appeal somebody has read its card; no row for a card they never opened."""

    pk = models.CompositePrimaryKey("staff_id", "appeal_id")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, db_index=False, related_name="+")
    version = models.PositiveIntegerField()
