"""The receipt as a PDF: талон in the words of the law."""

from django.utils.translation import gettext as _

from qorgau.intake.receipt_facts import ReceiptFacts
from qorgau.lib.pdf import render
from qorgau.lib.qr import qr_svg
from qorgau.lib.speech import current_language, name_in, say, say_date, say_moment
from qorgau.rules.kinds import Channel


def talon_pdf(facts: ReceiptFacts, address: str) -> bytes:
    """The receipt in the language of the page. ``address``, where the appeal is followed, goes into the QR code."""
    rows = [
        (_("Received"), say_moment(facts.received_at)),
        (_("Registered on"), say_date(facts.registered_on)),
        (_("Taken by"), facts.taken_by or registered_by(facts.channel)),
        (_("Handed to"), name_in(facts.desk)),
        (_("Answer due on"), say_date(facts.due_on)),
    ]
    return render(
        "intake/typst/talon.typ",
        {
            "language": current_language(),
            "title": _("Receipt of an appeal"),
            "fund": _("Social Health Insurance Fund"),
            "number_label": _("Registration number"),
            "number": facts.number,
            "code_label": _("Access code"),
            "code": facts.code,
            "code_hint": _("Keep the code to yourself: together with the number it opens your appeal."),
            "rows": [list(row) for row in rows if row[1]],
            "sheet_title": _("How the due date was found"),
            "steps": [
                [say_date(step.on) if step.on else "", say(step.sentence)]
                for step in (facts.sheet.steps if facts.sheet else ())
            ],
            "qr": qr_svg(address),
            "qr_label": _("QR code: opens the page where the appeal is followed"),
            "follow": _("Follow your appeal here, or call 1414 and say the number:"),
            "address": address,
        },
    )


def registered_by(channel: str) -> str:
    """Which program registered what no person took."""
    if channel == Channel.TELEGRAM:
        return _("Registered by the Telegram bot of the Social Health Insurance Fund")
    return _("Registered by the portal of the Social Health Insurance Fund")
