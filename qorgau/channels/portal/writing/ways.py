"""The ways to write: which form each takes, and what its pages are called."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qorgau.channels.portal.forms.appeals import AppealForm, ComplaintForm, ProposalForm, QuestionForm, ThanksForm
from qorgau.channels.portal.forms.attachment import AttachmentForm
from qorgau.channels.portal.forms.temporary import TemporaryForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to write."""

    code: str
    form: type[AppealForm]
    title: "str | _StrPromise"
    send: "str | _StrPromise"

    @property
    def url_name(self) -> str:
        return f"portal:{self.code}"

    @property
    def template(self) -> str:
        return f"portal/writing/{self.code}.html"


WAYS = {
    way.code: way
    for way in (
        Way(code="complaint", form=ComplaintForm, title=_("Complain about care"), send=_("Send the complaint")),
        Way(code="question", form=QuestionForm, title=_("Ask a question"), send=_("Send the question")),
        Way(code="proposal", form=ProposalForm, title=_("Propose an improvement"), send=_("Send the proposal")),
        Way(code="thanks", form=ThanksForm, title=_("Say thank you"), send=_("Send the thanks")),
        Way(
            code="attachment",
            form=AttachmentForm,
            title=_("Attach to a clinic, or change it"),
            send=_("Send the application"),
        ),
        Way(
            code="temporary",
            form=TemporaryForm,
            title=_("Ask for a temporary status"),
            send=_("Send the application"),
        ),
    )
}
