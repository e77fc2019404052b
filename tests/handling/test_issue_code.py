"""A new access code: who gets it and by which way, what the old one no longer opens, and who is refused."""

from datetime import timedelta
from typing import Any

import pytest

from qorgau.directory.models import HandlingLimit
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.for_applicant.taken_along import opened_by_word, word_for
from qorgau.handling.hand_out_code import hand_out_code
from qorgau.handling.issue_code import Issued, issue_code
from qorgau.handling.merge import merge
from qorgau.handling.split import split
from qorgau.handling.withdraw import withdraw
from qorgau.intake.new_appeal import NewAppeal, Person
from qorgau.intake.receipt_facts import receipt_facts
from qorgau.intake.submit import submit
from qorgau.lib.telegram.says import Message
from qorgau.notices.chats import queue
from qorgau.notices.chats.linking import appeals_of, link, link_by_code
from qorgau.notices.chats.models import Chat, GivenReceipt, Saying
from qorgau.notices.deliver import deliver_due
from qorgau.notices.models import Notice
from qorgau.notices.receipts import give_in_chat
from qorgau.notices.send_again import send_again
from qorgau.people.models import ChannelIdentity, Staff
from qorgau.register.access import access_code, opened_by
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.journal import verify
from qorgau.register.models import Appeal, JournalLine, Withdrawal
from qorgau.rules.kinds import Channel
from qorgau.rules.new_codes import Came, Sign, Why
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)
OWN, LINKED, MOTHERS = 700_000_001, 700_000_002, 700_000_003
NO_CONTACT = Person(surname="Оспанов", given_name="Ержан")


@pytest.fixture
def world(db: None) -> World:
    return factories.world()


@pytest.fixture
def operator(world: World) -> Staff:
    return factories.staff(Role.OPERATOR, world.contact_centre)


@pytest.fixture
def expert(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def appeal(world: World, operator: Staff) -> Appeal:
    """Held by the contact centre, by somebody who left a mobile telephone."""
    return factories.appeal()


@pytest.fixture(autouse=True)
def a_bot(settings: Any) -> None:
    settings.TELEGRAM_TOKEN = "1:test"


def issue(appeal: Appeal, staff: Staff, **more: Any) -> Issued:
    said = {"why": Why.LOST, "came": Came.CALL, "signs": [Sign.NAME, Sign.WHEN], "at": LATER}
    return issue_code(appeal, staff=staff, **{**said, **more})


def last_notice(appeal: Appeal) -> Notice:
    return Notice.objects.filter(appeal_number=appeal.number).latest("pk")


def at_branch(world: World, **more: Any) -> Appeal:
    return factories.appeal(wish="fund", region=world.astana.kato, **more)


def chat(number: int, language: str = "ru") -> int:
    Chat.objects.create(id=number, language=language, begun_at=NOON, heard_at=NOON)
    return number


def test_the_old_code_opens_nothing_and_the_new_one_goes_to_the_telephone_on_record(
    appeal: Appeal, operator: Staff
) -> None:
    old = access_code(appeal.number)
    issued = issue(appeal, operator)

    assert issued.to is not None and (issued.to.way, issued.to.addresses) == ("sms", ("+77010000067",))
    assert opened_by(appeal.number, old) is None
    assert opened_by(appeal.number, access_code(appeal.number, 2)) == appeal
    notice = last_notice(appeal)
    assert (notice.topic, notice.transport, notice.address) == ("new_code", "sms", "+77010000067")
    assert notice.facts == {"code_version": 2}, "the code itself lies nowhere"
    assert (notice.due_at, notice.state) == (LATER, "waiting")


def test_the_journal_says_who_issued_it_why_and_how_the_caller_was_recognised(appeal: Appeal, operator: Staff) -> None:
    issue(appeal, operator, why=Why.KNOWN, note="Звонит дочь")
    line = JournalLine.objects.get(appeal=appeal, verb="issue_code")

    assert (line.staff, line.before) == (operator, {"code_version": 1})
    assert line.after == {
        "code_version": 2,
        "came": "call",
        "recognised": "name, when",
        "sent_to": "sms +7 701 ••• •• 67",
    }
    assert line.because["facts"]["note"] == "Звонит дочь"
    assert list(verify(appeal.number)) == []


def test_it_leaves_in_the_quiet_hours_too(appeal: Appeal, operator: Staff) -> None:
    night = NOON.replace(hour=23)
    issue(appeal, operator, at=night)
    deliver_quietly = Notice.objects.filter(topic="new_code", awaited_until__gt=night, due_at=night)
    assert deliver_quietly.exists()


def test_a_receipt_that_has_not_left_yet_never_carries_a_dead_code(
    appeal: Appeal, operator: Staff, transactional_db: None
) -> None:
    issue(appeal, operator)
    assert deliver_due(now=lambda: LATER) == {"sent": 1}

    states = dict(Notice.objects.filter(appeal_number=appeal.number).values_list("topic", "state"))
    assert states == {"receipt": "overtaken", "new_code": "sent"}


@pytest.mark.parametrize("state", ["failed", "being sent"])
def test_nor_does_one_that_comes_back_later(
    appeal: Appeal, operator: Staff, transactional_db: None, state: str
) -> None:
    """What had failed is sent again, and a claim that somebody held in that moment runs out."""
    receipt = Notice.objects.filter(topic="receipt")
    if state == "failed":
        receipt.update(state="failed")
    else:
        receipt.update(claimed_until=LATER + timedelta(minutes=1))
    issue(appeal, operator)
    send_again(number=appeal.number, at=LATER)

    assert deliver_due(now=lambda: LATER + timedelta(minutes=2)) == {"sent": 1, "overtaken": 1}
    assert receipt.get().state == "overtaken"


def test_what_the_browser_or_a_link_knew_by_the_old_code_is_closed(appeal: Appeal, operator: Staff) -> None:
    word = word_for(appeal, at=LATER)
    assert opened_by_word(word, at=LATER) is not None
    issue(appeal, operator)

    assert opened_by_word(word, at=LATER) is None
    facts = receipt_facts(appeal.number)
    assert facts is not None and facts.code == ""


def test_sending_the_first_delivery_again_does_not_tell_the_new_code(world: World, operator: Staff) -> None:
    new: NewAppeal = factories.new_appeal()
    first = submit(new)
    appeal = Appeal.objects.get(number=first.number)
    issue(appeal, operator)

    again = submit(new)
    assert (again.number, again.repeated, again.access_code) == (first.number, True, "")


@pytest.fixture
def from_the_bot(world: World, operator: Staff) -> Appeal:
    """Registered in one chat; another chat was linked by the code, and a third came along from an earlier appeal."""
    appeal = factories.appeal(channel=Channel.TELEGRAM)
    link(appeal.applicant_id, chat(OWN), NOON)
    link_by_code(appeal, chat(LINKED, "kk"), NOON)
    ChannelIdentity.objects.create(
        applicant_id=appeal.applicant_id,
        channel="telegram",
        external_id=str(chat(MOTHERS)),
        proved_at=NOON,
        came_by="carried",
    )
    return appeal


@pytest.mark.parametrize(
    ("why", "staying"), [(Why.LOST, {OWN, MOTHERS}), (Why.KNOWN, {OWN})], ids=["lost", "somebody knows it"]
)
def test_chats_that_were_linked_by_the_code_lose_the_appeal_and_are_told(
    from_the_bot: Appeal, operator: Staff, why: Why, staying: set[int]
) -> None:
    issued = issue(from_the_bot, operator, why=why)

    following = {number for number in (OWN, LINKED, MOTHERS) if appeals_of(number).exists()}
    assert following == staying
    assert issued.to is not None and issued.to.way == "telegram"
    assert {int(chat) for chat in issued.to.addresses} == staying
    told = {one.chat: one.say for one in queue.claim(LATER, 10)}
    assert set(told) == {OWN, LINKED, MOTHERS} - staying
    assert isinstance(told[LINKED], Message) and "жаңа қолжетімділік коды" in told[LINKED].text


def test_a_chat_that_wants_no_news_loses_it_in_silence(from_the_bot: Appeal, operator: Staff) -> None:
    Chat.objects.filter(pk=LINKED).update(muted_at=NOON)
    issue(from_the_bot, operator)
    assert not appeals_of(LINKED).exists()
    assert not Saying.objects.exists()


def test_a_chat_linked_by_the_code_gets_no_new_one(appeal: Appeal, operator: Staff) -> None:
    link_by_code(appeal, chat(LINKED), NOON)
    issued = issue(appeal, operator, why=Why.KNOWN)
    assert issued.to is not None and issued.to.way == "sms"


def test_a_chat_that_came_by_code_loses_what_grew_out_of_the_appeal_too(world: World, expert: Staff) -> None:
    first = at_branch(world, text="Отказали в приёме. И ещё не выдали лекарство.")
    link_by_code(first, chat(LINKED), NOON)
    accept(first, staff=expert, at=NOON)
    receipt = split(first, staff=expert, words="И ещё не выдали лекарство.", topic=None, organisation=None, at=NOON)
    assert appeals_of(LINKED).count() == 2
    first.refresh_from_db()
    issue(first, expert)

    assert not appeals_of(LINKED).exists()
    assert opened_by(receipt.number, access_code(receipt.number)) is not None, "it has a code of its own"


def test_a_code_that_was_replaced_in_this_very_moment_links_nothing(appeal: Appeal, operator: Staff) -> None:
    as_read = Appeal.objects.get(pk=appeal.pk)
    issue(appeal, operator)
    assert not link_by_code(as_read, chat(LINKED), LATER)
    assert not appeals_of(LINKED).exists()


def test_whoever_registers_a_next_appeal_in_the_chat_keeps_it_there(from_the_bot: Appeal, operator: Staff) -> None:
    link(from_the_bot.applicant_id, LINKED, NOON)
    issue(from_the_bot, operator, why=Why.KNOWN)
    assert appeals_of(LINKED).exists()


def test_what_the_bot_has_not_said_of_the_receipt_stays_unsaid(from_the_bot: Appeal, operator: Staff) -> None:
    given = give_in_chat(from_the_bot, OWN, at=NOON)
    queue.put(OWN, [Message(text="Код: …", gives=given)], NOON)
    issue(from_the_bot, operator)

    assert not Saying.objects.filter(receipt=given).exists()
    row = GivenReceipt.objects.get(pk=given)
    assert (row.said_at, row.failed_at, row.left_at) == (None, LATER, LATER)


def test_sent_twice_it_is_issued_once(appeal: Appeal, operator: Staff) -> None:
    seen = Appeal.objects.select_related("applicant", "holder").get(pk=appeal.pk)
    issue(appeal, operator, seen_code=1)
    with pytest.raises(SomebodyWasFaster):
        issue(seen, operator, seen_code=1)  # both had read it before either wrote
    seen.refresh_from_db()
    with pytest.raises(NotAllowed, match="since you opened this form"):
        issue(seen, operator, seen_code=1)

    seen.refresh_from_db()
    assert seen.code_version == 2
    assert Notice.objects.filter(topic="new_code").count() == 1


def test_a_day_has_a_limit_that_administrators_keep(appeal: Appeal, operator: Staff) -> None:
    HandlingLimit.objects.create(limit="new_codes", value=1, valid_from=NOON.date())
    refresh()
    issue(appeal, operator)
    with pytest.raises(NotAllowed, match="as a day allows: 1"):
        issue(appeal, operator, at=LATER + timedelta(hours=2))
    issue(appeal, operator, at=LATER + timedelta(days=1))
    assert appeal.code_version == 3


@pytest.mark.parametrize(
    ("signs", "why"),
    [
        ([], "at least two things"),
        ([Sign.NAME], "at least two things"),
        ([Sign.WHEN, Sign.MATTER], "name of the applicant"),
        ([Sign.NAME, Sign.IIN], "at least two things"),  # none is on record
    ],
)
def test_whoever_is_not_recognised_gets_none(appeal: Appeal, operator: Staff, signs: list[Sign], why: str) -> None:
    with pytest.raises(Problem, match=why) as refused:
        issue(appeal, operator, signs=signs)
    assert refused.value.field == "signs"
    assert appeal.code_version == 1


def test_who_takes_no_part_issues_none(appeal: Appeal, expert: Staff, world: World) -> None:
    analyst = factories.staff(Role.ANALYST, world.centre)
    for stranger in (factories.staff(Role.BRANCH_SPECIALIST, world.other_branch), analyst):
        with pytest.raises(NotAllowed):
            issue(appeal, stranger)


def test_a_sensitive_appeal_is_for_its_named_readers(world: World, operator: Staff) -> None:
    appeal = factories.appeal(topic="extortion", region=world.astana.kato)
    reader = factories.staff(Role.BRANCH_SPECIALIST, world.branch, may_read_sensitive=True)
    with pytest.raises(NotAllowed):
        issue(appeal, reader)
    factories.name(appeal, reader)
    assert issue(appeal, reader).to is not None


class TestWithoutContact:
    """Nothing reaches the applicant: by telephone nobody is told, at a desk whoever shows a document."""

    def test_by_telephone_it_is_refused_with_what_to_do(self, world: World, operator: Staff, expert: Staff) -> None:
        appeal = factories.appeal(applicant=NO_CONTACT)
        signs = [Sign.NAME, Sign.WHEN, Sign.DOCUMENT]
        for came in Came:
            with pytest.raises(NotAllowed, match="identity document"):
                issue(appeal, operator, came=came, signs=signs)
        with pytest.raises(NotAllowed, match="By telephone nobody"):
            issue(at_branch(world, applicant=NO_CONTACT), expert, signs=signs)

    def test_a_landline_takes_no_message(self, world: World, operator: Staff) -> None:
        landline = Person(surname="Оспанов", given_name="Ержан", phone="+7 727 250 00 00")
        with pytest.raises(NotAllowed):
            issue(factories.appeal(applicant=landline), operator)
        with_mail = Person(surname="Оспанов", phone="+7 727 250 00 00", email="e@example.kz")
        issued = issue(factories.appeal(applicant=with_mail), operator)
        assert issued.to is not None and issued.to.way == "email"

    def test_who_has_come_with_a_document_gets_it_on_paper_once(self, world: World, expert: Staff) -> None:
        appeal = at_branch(world, applicant=NO_CONTACT)
        with pytest.raises(NotAllowed, match="shows an identity document"):
            issue(appeal, expert, came=Came.PERSON)
        issued = issue(appeal, expert, came=Came.PERSON, signs=[Sign.NAME, Sign.DOCUMENT])

        assert issued.to is None
        assert not Notice.objects.filter(topic="new_code").exists()
        assert hand_out_code(appeal, staff=expert, at=LATER) == access_code(appeal.number, 2)
        with pytest.raises(NotAllowed):
            hand_out_code(appeal, staff=expert, at=LATER)
        withdraw(appeal, reason="", at=LATER)
        assert Withdrawal.objects.get(appeal=appeal).code_seen_by == expert

    def test_it_is_handed_over_by_whoever_issued_it(self, world: World, expert: Staff) -> None:
        appeal = at_branch(world, applicant=NO_CONTACT)
        issue(appeal, expert, came=Came.PERSON, signs=[Sign.NAME, Sign.DOCUMENT])
        with pytest.raises(NotAllowed, match="whoever hands it over"):
            hand_out_code(appeal, staff=factories.staff(Role.APPROVER, world.branch), at=LATER)

    def test_a_clinic_shows_it_only_to_whom_it_registered(self, world: World) -> None:
        specialist = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
        about = {"organisation_id": world.state_clinic.pk, "applicant": NO_CONTACT}
        signs = [Sign.NAME, Sign.DOCUMENT]
        with pytest.raises(NotAllowed, match="not registered at your desk"):
            issue(factories.appeal(**about), specialist, came=Came.PERSON, signs=signs)
        own = factories.appeal(**about, taken_by_id=specialist.pk, channel=Channel.CLINIC_DESK, text="Очередь.")
        assert issue(own, specialist, came=Came.PERSON, signs=signs).to is None

    def test_without_a_name_nobody_is_recognised_by_a_document(self, world: World, expert: Staff) -> None:
        nobody = at_branch(world, applicant=Person())
        with pytest.raises(NotAllowed, match="neither a name nor an IIN"):
            issue(nobody, expert, came=Came.PERSON, signs=[Sign.MATTER, Sign.WHEN])


def test_a_code_that_was_sent_is_shown_to_nobody(world: World) -> None:
    """Within the hour in which the one who took the appeal may still open its receipt."""
    specialist = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, taken_by_id=specialist.pk)
    issue(appeal, specialist)
    with pytest.raises(NotAllowed, match="whoever hands it over"):
        hand_out_code(appeal, staff=specialist, at=LATER)


def test_of_appeals_answered_together_each_keeps_its_own_code(world: World, expert: Staff) -> None:
    leading, part = at_branch(world), at_branch(world, text="Очередь на три месяца.")
    for one in (leading, part):
        accept(one, staff=expert, at=NOON)
    merge(part, into=leading, staff=expert, reason="Об одном", at=NOON)
    part.refresh_from_db()
    issue(part, expert)

    assert opened_by(part.number, access_code(part.number, 2)) == part
    assert opened_by(leading.number, access_code(leading.number)) == leading


def test_what_changed_meanwhile_is_seen(appeal: Appeal, operator: Staff) -> None:
    with pytest.raises(SomebodyWasFaster):
        issue(appeal, operator, seen_version=appeal.version - 1)
