"""What a desk was asked and what it replied: it keeps these when it no longer sees the appeal."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from qorgau.directory.reference import current
from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import name_in
from qorgau.register.scope import requests_for
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.discretion import words_for
from qorgau.workplace.showing import show

ROWS_ON_A_PAGE = 20


@staff_page
@require_safe
def replies(request: HttpRequest) -> HttpResponse:
    """Requests to this desk that are settled, the latest first."""
    staff = staff_of(request)
    rows = requests_for(staff).filter(replied_at__isnull=False).select_related("appeal", "replied_by").order_by("-pk")
    if before := row_id(request.GET.get("before", "")):
        rows = rows.filter(pk__lt=before)
    found = list(rows[: ROWS_ON_A_PAGE + 1])
    shown = found[:ROWS_ON_A_PAGE]
    address = reverse("desk:replies")
    context = {
        "section": "replies",
        "rows": [
            {
                "number": row.appeal.number,
                "asking": name_in(current().desks.get(row.asking_id)),
                "asked_at": row.asked_at,
                "question": words_for(staff, row.question),
                "reply": words_for(staff, row.reply),
                "replied_at": row.replied_at,
                "replied_by": row.replied_by.short_name if row.replied_by else "",
            }
            for row in shown
        ],
        "next_page": f"{address}?before={shown[-1].pk}" if len(found) > ROWS_ON_A_PAGE else "",
    }
    return show(request, "replies.html", context)
