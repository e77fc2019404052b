"""A temporary status that runs in the demo: somebody applied with a document, and the branch granted it by the verb."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from qorgau.demo.accounts import ASTANA, named_accounts
from qorgau.demo.insured import GRANTED
from qorgau.demo.loading import past_notices_have_left
from qorgau.directory.reference import current
from qorgau.handling.accept import accept
from qorgau.handling.grant_temporary import grant_temporary
from qorgau.handling.temporary import TOPIC
from qorgau.insured.models import TemporaryStatus
from qorgau.intake.new_appeal import NewAppeal, Person
from qorgau.intake.staging import stage
from qorgau.intake.submit import submit
from qorgau.lib.pdf import render
from qorgau.lib.speech import name_in
from qorgau.register.models import Appeal, Attachment
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.roles import Role

_CATEGORY = "C07"
_PERSON = Person(surname="Әбенова", given_name="Роза", patronymic="Сәдуақасқызы", iin=GRANTED, phone="+77010000090")
_TEXT = """Маған уақытша сақтандырылған мәртебе беруіңізді сұраймын.
Санаты: {category}.

Зейнетке биыл шықтым, ал сайт «сақтандырылмаған» деп көрсетеді. Келесі аптада кардиологқа жазылғанмын."""
_GROUND = (
    "Зейнетақы куәлігі ұсынылды. Зейнетақы төлейтін орган деректерді тізілімге әлі жібермеген, сұрау салу жолданды."
)
_DAYS_AGO = timedelta(days=9)


def grant_one(*, at: datetime) -> TemporaryStatus:
    """Let it happen in the days before a moment: applied on a working day, granted on the next one."""
    specialist = next(person for person in named_accounts() if person.role == Role.BRANCH_SPECIALIST)
    calendar = current().calendar
    day = calendar.next_working_day(calendar.local(at - _DAYS_AGO).date())
    came, decided = (
        min(at, datetime.combine(one, calendar.opens, calendar.zone) + timedelta(minutes=40))
        for one in (day, calendar.next_working_day(day))
    )
    appeal = _applied(came)
    accept(appeal, staff=specialist, at=came + timedelta(minutes=50))
    granted = grant_temporary(
        appeal,
        staff=specialist,
        category=_CATEGORY,
        ground=_GROUND,
        documents=Attachment.objects.filter(appeal=appeal).values_list("pk", flat=True),
        at=decided,
    )
    past_notices_have_left(at)
    return granted


def _applied(came: datetime) -> Appeal:
    row = next(row for row in current().insurance_categories.values() if row.code == _CATEGORY)
    category = name_in(row, "kk")
    receipt = submit(
        NewAppeal(
            channel=Channel.PORTAL,
            kind=Kind.APPLICATION,
            text=_TEXT.format(category=category),
            circumstances=category,
            delivery_key="demo-temporary",
            received_at=came,
            language="kk",
            applicant=_PERSON,
            region=ASTANA,
            topic=TOPIC,
            staged_files=(stage(_document(), at=came).token,),
        )
    )
    return Appeal.objects.select_related("holder", "organisation", "applicant", "region", "topic").get(
        number=receipt.number
    )


def _document() -> SimpleUploadedFile:
    """A certificate that looks like none that anybody issues."""
    words = {
        "title": "Зейнетақы төлемін алушының анықтамасы",
        "issuer": "Үлгі: мұндай орган жоқ",
        "rows": [
            ("Кімге берілді", "Әбенова Роза Сәдуақасқызы"),
            ("Зейнетақы тағайындалған күн", "2026 жылғы 1 маусым"),
        ],
        "remark": "Бұл – ойдан шығарылған құжат: жүйені байқап көру үшін жасалған.",
    }
    return SimpleUploadedFile("zeinetaqy-anyqtamasy.pdf", render("demo/typst/pension.typ", words), "application/pdf")
