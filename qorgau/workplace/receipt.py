"""The receipt of an appeal that was registered at the desk: for whoever took it, as long as the person stands there.

The code opens the appeal as the applicant, who alone may withdraw or rate it. So it is shown to nobody else, and to
the one who took the appeal for an hour only.
"""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.register.access import access_code
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for
from qorgau.rules.kinds import Channel
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.showing import show

SHOWN_FOR = timedelta(hours=1)


@staff_page
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Number, code, due date and who took it, to be printed or read out; with the protocol of an oral appeal."""
    staff = staff_of(request)
    if "\0" in number:
        raise Http404
    since = timezone.now() - SHOWN_FOR
    # Not through the scope: what was just taken may belong to a desk that this person does not see.
    appeal = Appeal.objects.filter(number=number, taken_by=staff, received_at__gte=since).first()
    if appeal is None:
        raise Http404
    context = {
        "section": "new",
        "appeal": appeal,
        "number": appeal.number,
        "code": access_code(appeal.number, appeal.code_version),
        "holder": name_in(current().desks[appeal.holder_id]),
        "taken_by": staff,
        "may_open": appeals_for(staff).filter(pk=appeal.pk).exists(),
        "by_telephone": appeal.channel == Channel.CALL,
    }
    return show(request, "receipt.html", context)
