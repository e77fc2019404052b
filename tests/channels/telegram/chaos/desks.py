"""The desks that work on the appeals of the conversations, through the program's own functions for staff."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from qorgau.directory.models import Desk
from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.approve import approve
from qorgau.handling.ask_applicant import ask_applicant
from qorgau.handling.draft import draft
from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.notices.chats.linking import appeals_of
from qorgau.notices.chats.models import Saying
from qorgau.notices.models import Notice
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, NamedReader
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role
from qorgau.rules.states import FOUR_EYES
from tests import factories

_WORKS_AT = {
    DeskKind.CONTACT_CENTRE: Role.OPERATOR,
    DeskKind.CLINIC: Role.CLINIC_SPECIALIST,
    DeskKind.HEALTH_DEPARTMENT: Role.HEALTH_DEPARTMENT_SPECIALIST,
    DeskKind.BRANCH: Role.BRANCH_SPECIALIST,
    DeskKind.CENTRE: Role.CENTRAL_EXPERT,
}
QUESTION = "Қай күні болды? Номер или день?"


class Desks:
    """Staff of every desk, one act at a time: the conversations are threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._staff: dict[tuple[int, Role], Staff] = {}

    def written_in(self, chat: int) -> str:
        """The number of the appeal that was sent from a chat."""
        with self._one_at_a_time():
            return appeals_of(chat).values_list("number", flat=True).get(channel="telegram")

    def has_earlier(self, text: str) -> str:
        """The number of an appeal that somebody brought to the portal an hour ago."""
        with self._one_at_a_time():
            return factories.appeal(text=text, received_at=timezone.now() - timedelta(hours=1)).number

    def asks(self, number: str) -> None:
        """Take it into work, and ask the person."""
        with self._one_at_a_time():
            appeal, staff = self._taken(number)
            ask_applicant(appeal, staff=staff, question=QUESTION, at=timezone.now())

    def answers(self, number: str) -> None:
        """Take it into work if it is not, and send the answer; with four eyes where they are asked for."""
        with self._one_at_a_time():
            appeal, staff = self._taken(number)
            draft(
                appeal,
                staff=staff,
                decision="partly",
                text="Біз тексердік. Мы проверили.",
                legal_basis="Денсаулық туралы кодекс, 35-бап",
                how_to_appeal="Қорға шағымдануға болады.",
                language="kk",
                at=timezone.now(),
            )
            if DeskKind(appeal.holder.kind) in FOUR_EYES:
                submit_for_approval(appeal, staff=staff, at=timezone.now())
                head = self._at(appeal.holder, Role.APPROVER)
                self._let_read(appeal, head)
                approve(appeal, staff=head, at=timezone.now(), send=True)
            else:
                answer(appeal, staff=staff, at=timezone.now())

    def has_to_say(self, chat: int) -> bool:
        """Whether something waits to be said in a chat."""
        with self._one_at_a_time():
            return Saying.objects.filter(chat_id=chat).exists()

    def fate_of_the_first_notice(self, number: str) -> tuple[str, str]:
        """How the first notice about an appeal ended, and how the one did that went the person's next way ("" for
        none).
        """
        with self._one_at_a_time():
            first = Notice.objects.filter(appeal_number=number).order_by("pk").first()
            assert first is not None
            next_way = Notice.objects.filter(instead_of=first).values_list("state", flat=True).first()
            return first.state, next_way or ""

    def _taken(self, number: str) -> tuple[Appeal, Staff]:
        appeal = Appeal.objects.select_related("holder").get(number=number)
        staff = self._at(appeal.holder, _WORKS_AT[DeskKind(appeal.holder.kind)])
        self._let_read(appeal, staff)
        if appeal.state == "registered":
            accept(appeal, staff=staff, at=timezone.now())
        return appeal, staff

    def _let_read(self, appeal: Appeal, staff: Staff) -> None:
        if appeal.sensitive and not appeal.named_readers.filter(staff=staff).exists():
            NamedReader.objects.create(
                appeal=appeal, staff=staff, reason="Работает с ним", named_at=timezone.now(), named_by=staff
            )

    def _at(self, desk: Desk, role: Role) -> Staff:
        if (desk.pk, role) not in self._staff:
            self._staff[desk.pk, role] = factories.staff(role, desk, may_read_sensitive=True)
        return self._staff[desk.pk, role]

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """And the thread keeps no connection."""
        with self._lock:
            try:
                yield
            finally:
                connection.close()
