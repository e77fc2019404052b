"""Telling somebody by e-mail that their table is ready. The letter names a page, never what is in the table."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override
from procrastinate.contrib.django import app

from qorgau.workplace.models import Export


def tell_ready(export: Export, *, at: datetime) -> None:
    """Let a letter leave once this transaction is committed; nothing for those who get none: the page tells."""
    if export.staff.letters_to:
        send_ready_letter.defer(export_id=export.pk)


@app.task(name="qorgau.workplace.send_ready_letter", retry=5)
def send_ready_letter(export_id: int) -> None:
    """One letter to whoever asked."""
    export = Export.objects.select_related("staff").get(pk=export_id)
    if not (export.staff.works_today and export.staff.letters_to):
        return
    with transaction.atomic(), override(export.staff.language):
        address = f"{settings.PUBLIC_ADDRESS}{reverse('desk:export_progress', args=[export.pk])}"
        words = gettext("The table of appeals that you asked for is ready. It is kept for one day:")
        send_mail(
            gettext("Your table of appeals is ready"),
            f"{gettext('Hello.')}\n\n{words}\n\n{address}\n",
            None,
            [export.staff.letters_to],
        )
