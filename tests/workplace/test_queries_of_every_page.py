"""Every page of the desk takes as many queries with thirty of everything as with one.

The pages are those of the addresses, so a new one is counted as soon as it is there. One that shows nothing of which
there may be many is named in `NO_LISTS`; whoever makes a list of it takes it out there, and adds a row to `Office`.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qorgau.directory.models import Checklist, ChecklistStep, Label
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.carry_on import carry_on
from qorgau.handling.follow import follow
from qorgau.handling.link import link
from qorgau.handling.merge import merge
from qorgau.handling.note import note
from qorgau.handling.reply_information import reply_information
from qorgau.handling.request_information import request_information
from qorgau.intake.new_appeal import Person
from qorgau.people.models import Absence, Staff
from qorgau.register.models import Appeal
from qorgau.register.openings import Opened, write
from qorgau.rules.roles import Role
from qorgau.workplace import urls
from qorgau.workplace.models import Export, Macro, OwnText, SavedView
from tests import factories
from tests.factories import NOON, World
from tests.staff_pages import NO_PAGES, SEEN_BY
from tests.workplace.conftest import SignIn

OTHER_TESTS = {
    "many": "tests/workplace/test_bulk.py", "many_done": "tests/workplace/test_bulk.py",
    "palette": "tests/workplace/keyboard/test_palette.py", "contacts": "shows one person, and only after a press",
    "receipt": "shows one appeal, to whoever took it", "split_chosen": "shows what was chosen, read at once",
    "saved_view": "a form", "export_progress": "one line of the list", "case_file_progress": "one file",
    "run_macro": "tests/workplace/test_macros.py", "callers": "at most twenty: tests/workplace/test_callers.py",
    "callers_code": "the form of new_code",
}  # fmt: skip
"""Pages that need more than an address, and where they are counted."""
NO_LISTS = {
    "acceptance", "answer", "approval", "case_file", "continuation", "correction", "export", "extension",
    "extension_proposal", "extension_refusal", "find", "hand_over", "information_reply", "information_request",
    "keys", "merging", "new", "new_code", "ordinary", "redirection", "return", "sending_back", "sensitivity",
    "separation", "settings", "split", "submission", "supervision", "taking_back", "temporary_grant",
    "temporary_revocation", "text", "withdrawal",
}  # fmt: skip
"""Forms, and a table whose rows are desks. Their queries are counted too."""
ENOUGH_FOR_A_LIST = 29 * 30
"""So many characters a page has grown by at least, if it shows twenty-nine more of something."""


@dataclass
class Office:
    """A branch with work, colleagues and everything that they keep."""

    world: World
    specialist: Staff
    head: Staff
    auditor: Staff
    clinic: Staff
    work: Appeal
    sensitive: Appeal
    checklist: Checklist
    serial: int = 0

    def reader(self, name: str) -> Staff:
        """Who sees a page."""
        return {"approver": self.head, "auditor": self.auditor, "clinic-specialist": self.clinic}.get(
            SEEN_BY.get(name, ""), self.specialist
        )

    def address(self, name: str) -> str:
        one = self.sensitive if name == "readers" else self.work
        return reverse(f"desk:{name}", args=[one.number] if pages()[name] else [])

    def one_more(self) -> None:
        """One more of everything that a page may list."""
        self.serial += 1
        serial, branch = self.serial, self.world.branch
        colleague = factories.staff(Role.BRANCH_SPECIALIST, branch, username=f"colleague-{serial}")
        for at, role in ((self.world.clinic_desk, Role.CLINIC_SPECIALIST), (self.world.branch, Role.APPROVER)):
            factories.staff(role, at, may_read_sensitive=True)
        Absence.objects.create(
            staff=colleague, substitute=self.specialist, said_by=colleague, said_at=NOON,
            since=NOON.date() + timedelta(days=serial), until=NOON.date() + timedelta(days=serial),
        )  # fmt: skip
        Absence.objects.create(
            staff=self.specialist, substitute=colleague, said_by=colleague, said_at=NOON,
            since=NOON.date() + timedelta(days=100 + serial), until=NOON.date() + timedelta(days=100 + serial),
        )  # fmt: skip
        for query in (f"tab=all&assignee={colleague.pk}", "tab=desk&kind=complaint"):
            for person in (self.specialist, self.head, colleague):
                Export.objects.create(
                    staff=person, asked_at=NOON, query=query, language="ru", format="csv-comma", purpose="report",
                    rows=1, state=Export.GIVEN,
                )  # fmt: skip
        SavedView.objects.create(made_by=self.specialist, name=f"Мой {serial}", address="tab=all", position=serial)
        SavedView.objects.create(
            made_by=colleague, desk=branch, name=f"Наш {serial}", address="tab=desk", position=serial
        )
        OwnText.objects.create(owner=self.specialist, name=f"Текст {serial}", text_ru="Текст", changed_at=NOON)
        Macro.objects.create(owner=self.specialist, name=f"Путь {serial}", steps=[], changed_at=NOON)
        Label.objects.create(code=f"label-{serial}", name_ru=f"Метка {serial}")
        ChecklistStep.objects.create(checklist=self.checklist, name_ru=f"Шаг {serial}")
        self._on_the_appeal(colleague)
        self._beside_it(colleague)

    def ask(self) -> None:
        """Somebody at the clinic owes a reply, and the branch goes on without it."""
        request_information(
            self.work, staff=self.specialist, asked=self.world.clinic_desk, question="Что было?", at=NOON
        )
        carry_on(self.work, staff=self.specialist, at=NOON)

    def _on_the_appeal(self, colleague: Staff) -> None:
        work, serial = self.work, self.serial
        reply_information(work, staff=self.clinic, reply=f"Было так {serial}.", at=NOON)
        self.ask()
        add_message(work, text=f"Добавляю {serial}", at=NOON, delivery_key=f"message-{serial}")
        note(work, staff=colleague, text=f"@{self.specialist.username} смотрите {serial}", at=NOON)
        follow(work, staff=colleague, at=NOON)
        factories.name(self.sensitive, colleague)
        write(colleague, [Opened(work.pk, "card")], at=NOON)

    def _beside_it(self, colleague: Staff) -> None:
        about = {"wish": "fund", "region": self.world.astana.kato}
        same = factories.appeal(text=f"Иное дело {self.serial}", **about)
        link(self.work, other=same, type="related", staff=self.specialist, at=NOON)
        part = factories.appeal(text=f"О том же {self.serial}", applicant=Person(surname="Ким"), **about)
        merge(part, into=self.work, staff=self.specialist, reason="Одно", at=NOON)
        mine = factories.appeal(text=f"Моё {self.serial}", applicant=Person(surname="Ли"), **about)
        accept(mine, staff=self.specialist, at=NOON)
        follow(mine, staff=self.specialist, at=NOON)
        factories.appeal(topic="extortion", text=f"Тайное {self.serial}", applicant=Person(surname="Пак"), **about)
        self.work = Appeal.objects.get(pk=self.work.pk)


def office(world: World) -> Office:
    specialist = factories.staff(Role.BRANCH_SPECIALIST, world.branch, username="it-is-me", may_read_sensitive=True)
    made = Office(
        world=world,
        specialist=specialist,
        head=factories.staff(Role.APPROVER, world.branch, may_read_sensitive=True),
        auditor=factories.staff(Role.AUDITOR, world.centre, may_read_sensitive=True),
        clinic=factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk),
        work=factories.appeal(wish="fund", region=world.astana.kato),
        sensitive=factories.appeal(wish="fund", region=world.astana.kato, topic="extortion", text="Берут взятки."),
        checklist=Checklist.objects.create(code="all", name_ru="Для всех"),
    )
    accept(made.work, staff=specialist, at=NOON)
    made.ask()
    return made


def pages() -> dict[str, bool]:
    """Every page that needs no key but perhaps the number of an appeal; whether it needs that."""
    return {
        str(pattern.name): bool(pattern.pattern.converters)
        for pattern in urls.urlpatterns
        if str(pattern.name) not in NO_PAGES | OTHER_TESTS
    }


def test_thirty_of_everything_take_as_many_queries_as_one(world: World, sign_in: SignIn) -> None:
    made = office(world)
    clients = {name: sign_in(made.reader(name)) for name in pages()}
    made.one_more()
    refresh()
    with_one = {name: _asked_and_shown(clients[name], made.address(name), warm=False) for name in pages()}
    for _ in range(29):
        made.one_more()
    refresh()
    with_thirty = {name: _asked_and_shown(clients[name], made.address(name), warm=True) for name in pages()}
    more_asked = {
        name: (len(before), len(after))
        for name, (before, _) in with_one.items()
        if len(after := with_thirty[name][0]) > len(before)
    }

    assert more_asked == {}
    grown = {name for name, (_, size) in with_thirty.items() if size - with_one[name][1] > ENOUGH_FOR_A_LIST}
    assert set(pages()) - grown == NO_LISTS


def _asked_and_shown(client: Client, address: str, *, warm: bool) -> tuple[list[str], int]:
    """The queries of a page that was opened before, and how long it is."""
    if not warm:
        client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert page.status_code == 200, address
    asked = [query["sql"] for query in queries if "directory_directoryversion" not in query["sql"]]
    return asked, len(page.content)


def test_the_pages_that_are_counted_elsewhere_are_there() -> None:
    assert set(OTHER_TESTS) <= {str(pattern.name) for pattern in urls.urlpatterns}
