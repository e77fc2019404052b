"""A clinic's reply to a request for information."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qorgau.handling.reply_information import reply_information
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.register.models import InformationRequest as RequestRow
from qorgau.rules.states import Verb
from qorgau.workplace.uploads import FilesField, Uploads, read_uploads
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage
from qorgau.workplace.verbs.words import text_field


class InformationReplyForm(VerbForm):
    """The reply and its evidence."""

    reply = text_field(_("Reply"), missing=_("Write the reply."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not in the class: a form's own `files` are the uploads themselves.
        hint = _("Documents that show it: pictures, PDF, office files, sound.")
        self.fields["files"] = FilesField(label=_("Files"), help_text=hint)


class InformationReply(VerbPage):
    """Reply to what was asked of one's desk."""

    verb = Verb.REPLY_INFORMATION
    form_class = InformationReplyForm
    template = "verbs/information_reply_form.html"
    what_follows = _("The desk that asked is told. Everybody who sees the appeal at the desks reads the reply.")
    done = _("The reply was sent to the desk that asked.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.uploads = Uploads()

    def only_asks(self, request: HttpRequest) -> bool:
        self.uploads = read_uploads(request)
        return "take_off" in request.POST

    def check(self, form: VerbForm) -> None:
        for problem in self.uploads.problems:
            form.add_error("files", problem)

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        reply_information(
            appeal,
            staff=staff,
            reply=form.cleaned_data["reply"],
            staged_files=self.uploads.tokens,
            at=at,
            seen_version=seen_version,
        )

    def context(self, appeal: Appeal, form: Any) -> dict[str, Any]:
        asked = RequestRow.objects.filter(appeal=appeal, replied_at__isnull=True, asked_id=form.staff.desk_id)
        return {"uploads": self.uploads, "asked": asked.select_related("asking", "clock").first()}
