"""The receipt of an appeal that was registered at the desk: for whoever took it, as long as the person stands there.
It is printed once more with a new code that was issued to somebody whom no message reaches.

The code opens the appeal as the applicant, who alone may withdraw or rate it. So it is shown to nobody else, once, when
the receipt is printed or read out, and the journal of the appeal says who saw it.
"""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from qorgau.directory.reference import current
from qorgau.handling.hand_out_code import hand_out_code, shown_at
from qorgau.handling.issue_code import handed_by
from qorgau.lib.speech import name_in, say
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for
from qorgau.rules.kinds import Channel
from qorgau.rules.problems import Problem
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.card.clinic_choice_shown import clinic_choice_of
from qorgau.workplace.showing import show

SHOWN_FOR = timedelta(hours=1)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Number, due date and who took it; on POST, once, with the code, to be printed or read out."""
    staff = staff_of(request)
    if "\0" in number:
        raise Http404
    appeal = _just_taken(staff, number) or _code_just_issued(staff, number)
    if appeal is None:
        raise Http404
    code, refused = "", ""
    if request.method == "POST":
        try:
            code = hand_out_code(appeal, staff=staff, at=timezone.now())
        except Problem as problem:
            refused = say(problem.sentence)
    context = {
        "section": "new",
        "appeal": appeal,
        "number": appeal.number,
        "code": code,
        "refused": refused,
        "shown_at": None if code else shown_at(appeal),
        "holder": name_in(current().desks[appeal.holder_id]),
        "taken_by": appeal.taken_by,
        "new_code": appeal.code_version > 1,
        "clinic_choice": clinic_choice_of(appeal, staff),
        "may_open": appeals_for(staff).filter(pk=appeal.pk).exists(),
        "by_telephone": appeal.channel == Channel.CALL and appeal.code_version == 1,
    }
    return show(request, "receipt.html", context, status=409 if refused else 200)


def _just_taken(staff: Staff, number: str) -> Appeal | None:
    # Not through the scope: what was just taken may belong to a desk that this person does not see.
    since = timezone.now() - SHOWN_FOR
    return Appeal.objects.filter(number=number, taken_by=staff, received_at__gte=since).first()


def _code_just_issued(staff: Staff, number: str) -> Appeal | None:
    """The appeal whose new code this person has just issued, to be handed over on paper."""
    appeal = appeals_for(staff).filter(number=number).first()
    line = handed_by(appeal) if appeal else None
    just_now = line is not None and line.staff_id == staff.pk and line.at >= timezone.now() - SHOWN_FOR
    return appeal if just_now else None
