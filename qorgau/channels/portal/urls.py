"""Pages of the public site. Their addresses begin with a language; those that do not are in `root_urls.py`."""

from django.urls import path, register_converter

from qorgau.channels.portal import home, information, organisations, reading_aids, receipt
from qorgau.channels.portal.attachment.own_clinic import change_clinic, not_agreed
from qorgau.channels.portal.certificate.genuine import ask_number, genuine
from qorgau.channels.portal.certificate.own import ask as order_certificate
from qorgau.channels.portal.certificate.own import file as certificate_file
from qorgau.channels.portal.certificate.own import progress as certificate_progress
from qorgau.channels.portal.insurance.calculator import calculator
from qorgau.channels.portal.insurance.proving import forget, prove
from qorgau.channels.portal.insurance.status import own_status, status
from qorgau.channels.portal.insurance.temporary import temporary
from qorgau.channels.portal.insurance.warnings.asking import warn_me
from qorgau.channels.portal.insurance.warnings.stopping import stop_about_me, warnings
from qorgau.channels.portal.insurance.who_asked import who_asked
from qorgau.channels.portal.insurance.wrong import wrong
from qorgau.channels.portal.tracking.answer_pdf import answer_pdf
from qorgau.channels.portal.tracking.door import track
from qorgau.channels.portal.tracking.files import file
from qorgau.channels.portal.tracking.message import message
from qorgau.channels.portal.tracking.next_stage import next_stage
from qorgau.channels.portal.tracking.page import appeal_page, leave
from qorgau.channels.portal.tracking.rating import rating
from qorgau.channels.portal.tracking.taken_along import taken_along
from qorgau.channels.portal.tracking.who_looked import who_looked
from qorgau.channels.portal.tracking.withdrawal import withdrawal
from qorgau.channels.portal.writing.view import write


class NumberConverter:
    """The number of an appeal in its one written form."""

    regex = r"\d{2}-\d{7,8}-\d"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CertificateConverter(NumberConverter):
    """The number of a certificate in its one written form."""

    regex = rf"A{NumberConverter.regex}"


register_converter(NumberConverter, "appeal")
register_converter(CertificateConverter, "certificate")

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("easier-to-read/", reading_aids.aids, name="aids"),
    # Reading
    path("how-it-works/", information.how, name="how"),
    path("personal-data/", information.privacy, name="privacy"),
    path("accessibility/", information.accessibility, name="accessibility"),
    path("contacts/", information.contacts, name="contacts"),
    # Health insurance
    path("am-i-insured/", status, name="status"),
    path("am-i-insured/wrong/", wrong, name="status_wrong"),
    path("am-i-insured/prove/", prove, name="status_prove"),
    path("am-i-insured/mine/", own_status, name="status_own"),
    path("am-i-insured/who-asked/", who_asked, name="status_who_asked"),
    path("am-i-insured/mine/clinic/", change_clinic, name="status_change_clinic"),
    path("am-i-insured/mine/not-agreed/", not_agreed, name="status_not_agreed"),
    path("am-i-insured/forget/", forget, name="status_forget"),
    path("am-i-insured/warn-me/", warn_me, name="status_warn"),
    path("am-i-insured/warn-nobody/", stop_about_me, name="status_warn_nobody"),
    path("am-i-insured/warnings/<slug:token>/", warnings, name="status_warnings"),
    path("temporary-status/", write, {"way": "temporary"}, name="temporary"),
    path("temporary-status/by-iin/", temporary, name="status_temporary"),
    path("what-insurance-costs/", calculator, name="calculator"),
    path("certificate/", ask_number, name="certificate_number"),
    path("certificate/<certificate:number>/", genuine, name="certificate"),
    path("certificate/mine/", order_certificate, name="certificate_order"),
    path("certificate/mine/<certificate:number>/", certificate_progress, name="certificate_progress"),
    path("certificate/mine/<certificate:number>/file.pdf", certificate_file, name="certificate_file"),
    # Writing
    path("write/", home.start, name="start"),
    path("write/complaint/", write, {"way": "complaint"}, name="complaint"),
    path("write/question/", write, {"way": "question"}, name="question"),
    path("write/proposal/", write, {"way": "proposal"}, name="proposal"),
    path("write/thanks/", write, {"way": "thanks"}, name="thanks"),
    path("write/attachment/", write, {"way": "attachment"}, name="attachment"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/receipt.pdf", receipt.receipt_pdf, name="receipt_pdf"),
    # Following
    path("track/", track, name="track"),
    path("track/<str:word>/", taken_along, name="taken_along"),
    path("appeal/<appeal:number>/", appeal_page, name="appeal"),
    path("appeal/<appeal:number>/message/", message, name="message"),
    path("appeal/<appeal:number>/rating/", rating, name="rating"),
    path("appeal/<appeal:number>/withdraw/", withdrawal, name="withdraw"),
    path("appeal/<appeal:number>/higher/", next_stage, name="next_stage"),
    path("appeal/<appeal:number>/answer.pdf", answer_pdf, name="answer_pdf"),
    path("appeal/<appeal:number>/files/<int:file_id>/", file, name="file"),
    path("appeal/<appeal:number>/who-looked/", who_looked, name="who_looked"),
    path("appeal/<appeal:number>/close/", leave, name="leave"),
]
