"""Files of a form: taken at the first sending, so that no error in another field loses them."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from qorgau.channels.portal.writing.delivery import Delivery
from qorgau.intake.attachments import refuse_too_many
from qorgau.intake.staging import discard, stage
from qorgau.lib.speech import say
from qorgau.rules.problems import Problem


def take_files(request: HttpRequest, delivery: Delivery, *, at: datetime) -> tuple[Delivery, str]:
    """The delivery with the uploads of this request staged, and in words what could not be taken and why."""
    uploads = request.FILES.getlist("files")
    if not uploads:
        return delivery, ""
    tokens, problems = list(delivery.files), []
    for upload in uploads:
        try:
            refuse_too_many(len(tokens) + 1)
            tokens.append(stage(upload, at=at).token)
        except Problem as problem:
            problems.append(say(problem.sentence))
    if problems and len(tokens) > len(delivery.files):
        problems.append(_("The other files were taken."))
    return replace(delivery, files=tuple(tokens)), " ".join(dict.fromkeys(problems))


def take_out(delivery: Delivery, token: str) -> Delivery:
    """The delivery without a file that the person took off the form."""
    if token not in delivery.files:
        return delivery
    discard(token)
    return replace(delivery, files=tuple(other for other in delivery.files if other != token))
