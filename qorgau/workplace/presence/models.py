from django.conf import settings
from django.db import models

from qorgau.register.models import Appeal


class Presence(models.Model):
    """Somebody had the card of an appeal before them at this moment, and had begun a verb, or had not.

    The table is unlogged (migration): after a crash of the database it is empty, and full again within a minute. It has
    no foreign keys in the database, so that looking at an appeal never touches the appeal's own row.
    """

    pk = models.CompositePrimaryKey("appeal_id", "staff_id")
    appeal = models.ForeignKey(
        Appeal, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    # A value of Verb; empty while nothing is being written.
    doing = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
