"""Every verb through its page: what it asks for, what comes of it, and what a refusal looks like."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qorgau.directory.changes import new_version
from qorgau.directory.models import AnswerTemplate
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.draft import draft
from qorgau.handling.extend import extend
from qorgau.handling.note import note
from qorgau.handling.pass_on import pass_on
from qorgau.handling.propose_extension import propose_extension
from qorgau.handling.request_information import request_information
from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal, Attachment, InformationRequest, Message, Withdrawal
from qorgau.rules.roles import Role
from qorgau.rules.states import Verb
from qorgau.workplace import urls
from qorgau.workplace.answer_texts import how_to_appeal
from qorgau.workplace.card.verb_choices import ADDRESSES
from qorgau.workplace.wording import VERBS
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def expert(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def head(world: World) -> Staff:
    return factories.staff(Role.APPROVER, world.branch)


@pytest.fixture
def at_clinic(world: World, specialist: Staff) -> Appeal:
    """In work at the state clinic's own desk."""
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    accept(appeal, staff=specialist, at=NOON)
    return appeal


@pytest.fixture
def at_branch(world: World, expert: Staff) -> Appeal:
    """In work at the Fund's branch."""
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, wish="fund")
    accept(appeal, staff=expert, at=NOON)
    return appeal


def do(client: Client, verb: Verb, appeal: Appeal, **fields: object) -> int:
    """Open the form as a person does, fill it in, send it; the status of the answer."""
    path = reverse(ADDRESSES[verb], args=[appeal.number])
    page = client.get(path).content.decode()
    hidden = re.search(r'name="seen_version"[^>]*value="(\d+)"', page)
    answer = client.post(path, {"seen_version": hidden[1] if hidden else "", **fields})
    if answer.status_code == 302:
        card = f"{reverse('desk:appeal', args=[appeal.number])}?done={verb.value}"
        # Who returned an appeal, or replied about it, may not see it any longer.
        gone = {reverse("desk:queue")} if verb in (Verb.RETURN_BACK, Verb.REPLY_INFORMATION) else set()
        assert answer["Location"] in {card, *gone}
    appeal.refresh_from_db()
    return answer.status_code


ANSWER = {
    "decision": "founded",
    "text": "Врач примет вас завтра.",
    "legal_basis": "",
    "how_to_appeal": "",
    "language": "ru",
}


def test_every_verb_of_the_staff_has_a_page_and_words() -> None:
    of_staff = set(Verb) - {
        Verb.ADD_MESSAGE, Verb.REPLY, Verb.CONFIRM_WITHDRAWAL, Verb.WITHDRAW, Verb.RATE, Verb.OPEN_NEXT_STAGE,
        Verb.CLOSE_UNRATED,
    }  # fmt: skip
    assert set(ADDRESSES) == set(VERBS) == of_staff
    assert {address.removeprefix("desk:") for address in ADDRESSES.values()} <= {p.name for p in urls.urlpatterns}


def test_accept(world: World, specialist: Staff, sign_in: SignIn) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    assert do(sign_in(specialist), Verb.ACCEPT, appeal) == 302
    assert (appeal.state, appeal.assignee) == ("in_work", specialist)


def test_assign_offers_colleagues_of_the_desk_only(
    world: World, specialist: Staff, at_clinic: Appeal, sign_in: SignIn
) -> None:
    manager = factories.staff(Role.CLINIC_MANAGER, world.clinic_desk)
    stranger = factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)
    client = sign_in(specialist)
    assert do(client, Verb.ASSIGN, at_clinic, to=stranger.pk) == 422
    assert do(client, Verb.ASSIGN, at_clinic, to="") == 422
    assert do(client, Verb.ASSIGN, at_clinic, to=manager.pk) == 302
    assert at_clinic.assignee == manager


def test_hand_over_and_return(
    world: World, expert: Staff, at_branch: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    assert do(sign_in(expert), Verb.PASS_ON, at_branch, to=world.clinic_desk.pk, reason="Решите на месте") == 302
    assert at_branch.holder == world.branch, "the giver holds it until it is accepted"
    receiver = sign_in(specialist)
    assert do(receiver, Verb.RETURN_BACK, at_branch, reason="") == 422
    assert do(receiver, Verb.RETURN_BACK, at_branch, reason="Это не наш пациент") == 302
    path = reverse("desk:appeal", args=[at_branch.number])
    assert receiver.get(path).status_code == 404, "whoever returned it reads it no longer"
    assert "Returned 1 time" in sign_in(expert).get(path).content.decode()


def test_an_offer_is_taken_back_from_the_card(
    world: World, expert: Staff, at_branch: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    giver, path = sign_in(expert), reverse("desk:appeal", args=[at_branch.number])
    assert do(giver, Verb.PASS_ON, at_branch, to=world.clinic_desk.pk, reason="Решите на месте") == 302
    assert do(giver, Verb.TAKE_BACK, at_branch, reason="") == 422
    assert do(giver, Verb.TAKE_BACK, at_branch, reason="Не та клиника") == 302
    card = giver.get(path).content.decode()
    assert "Taken back: Не та клиника" in card and "has not accepted it yet" not in card
    assert sign_in(specialist).get(path).status_code == 404


def test_a_desk_for_a_hand_over_is_found_by_words(
    world: World, expert: Staff, at_branch: Appeal, sign_in: SignIn
) -> None:
    client = sign_in(expert)
    path = reverse("desk:hand_over", args=[at_branch.number])
    page = client.post(path, {"find": "desk_words", "desk_words": "Шипа", "reason": "Ваш", "seen_version": 2})
    assert page.status_code == 200
    assert f'value="{world.private_clinic_desk.pk}"' in page.content.decode()
    assert "Ваш" in page.content.decode(), "what was typed stays"
    assert "error-summary" not in page.content.decode(), "nothing is complained about while looking"
    part = client.get(path, {"desk_words": "Шипа"}).content.decode()
    assert "<html" not in part
    assert f'name="to" id="id_to_0" value="{world.private_clinic_desk.pk}"' in " ".join(part.split())
    assert do(client, Verb.PASS_ON, at_branch, to=world.private_clinic_desk.pk, reason="Ваш пациент") == 302


def test_words_typed_after_a_choice_mean_another_desk(
    world: World, expert: Staff, at_branch: Appeal, sign_in: SignIn
) -> None:
    fields = {"to": world.clinic_desk.pk, "desk_words": "Шипа", "reason": "Ваш пациент"}
    assert do(sign_in(expert), Verb.PASS_ON, at_branch, **fields) == 422


@pytest.mark.parametrize("to", ["", "0", "x", "99999999999999999999", "²"])
def test_a_desk_that_is_none_is_refused(expert: Staff, at_branch: Appeal, sign_in: SignIn, to: str) -> None:
    assert do(sign_in(expert), Verb.PASS_ON, at_branch, to=to, reason="Причина") == 422


def test_redirect_outside(expert: Staff, at_branch: Appeal, sign_in: SignIn) -> None:
    client = sign_in(expert)
    assert do(client, Verb.REDIRECT, at_branch, body="", reason="Не к нам") == 422
    assert do(client, Verb.REDIRECT, at_branch, body="Комитет контроля", reason="Это о качестве") == 302
    assert at_branch.state == "redirected"


def test_ask_a_clinic_and_get_its_reply_with_a_file(
    world: World, expert: Staff, at_branch: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    asking = sign_in(expert)
    assert do(asking, Verb.REQUEST_INFORMATION, at_branch, asked=world.branch.pk, question="Что?") == 422
    assert (
        do(asking, Verb.REQUEST_INFORMATION, at_branch, asked=world.clinic_desk.pk, question="Что было 1 июня?") == 302
    )
    replying = sign_in(specialist)
    path = reverse("desk:information_reply", args=[at_branch.number])
    assert "Что было 1 июня?" in replying.get(path).content.decode()
    # The file survives an error in the form: it comes back as a token.
    paper = SimpleUploadedFile("выписка.txt", "Пациент был принят.".encode(), "text/plain")
    wrong = replying.post(path, {"seen_version": at_branch.version, "reply": "", "files": [paper]})
    assert wrong.status_code == 422
    assert "выписка.txt" in wrong.content.decode()
    token = re.search(r'name="kept" value="(\w+)"', wrong.content.decode())[1]  # type: ignore[index]
    answer = replying.post(path, {"seen_version": at_branch.version, "reply": "Приняли в 10:00.", "kept": [token]})
    assert answer.status_code == 302
    assert Attachment.objects.get(appeal=at_branch).name == "выписка.txt"
    assert InformationRequest.objects.get(appeal=at_branch).reply == "Приняли в 10:00."


def test_a_file_of_a_reply_can_be_taken_off(
    world: World, expert: Staff, at_branch: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    request_information(at_branch, staff=expert, asked=world.clinic_desk, question="Что было?", at=NOON)
    client, path = sign_in(specialist), reverse("desk:information_reply", args=[at_branch.number])
    paper = SimpleUploadedFile("лишнее.txt", "Не то.".encode(), "text/plain")
    page = client.post(path, {"reply": "", "files": [paper]}).content.decode()
    token = re.search(r'name="kept" value="(\w+)"', page)[1]  # type: ignore[index]
    without = client.post(path, {"reply": "Ответ", "kept": [token], "take_off": token}).content.decode()
    assert "лишнее.txt" not in without
    assert "Ответ" in without


def test_a_file_that_is_not_taken_says_why_and_nothing_is_sent(
    world: World, expert: Staff, at_branch: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    request_information(at_branch, staff=expert, asked=world.clinic_desk, question="Что было?", at=NOON)
    client, path = sign_in(specialist), reverse("desk:information_reply", args=[at_branch.number])
    empty = SimpleUploadedFile("пусто.pdf", b"", "application/pdf")
    page = client.post(path, {"reply": "Ответ", "files": [empty]})
    assert page.status_code == 422
    assert "the file is empty." in page.content.decode()
    assert InformationRequest.objects.get(appeal=at_branch).reply == ""


def test_ask_the_applicant_and_carry_on(specialist: Staff, at_clinic: Appeal, sign_in: SignIn) -> None:
    client = sign_in(specialist)
    assert do(client, Verb.ASK_APPLICANT, at_clinic, question="") == 422
    assert do(client, Verb.ASK_APPLICANT, at_clinic, question="Когда это было?") == 302
    assert at_clinic.state == "awaiting_applicant"
    assert do(client, Verb.CARRY_ON, at_clinic) == 302
    assert at_clinic.state == "in_work"


def test_what_an_answer_may_not_decide_is_not_offered(specialist: Staff, at_clinic: Appeal, sign_in: SignIn) -> None:
    """An appeal that is not ours is redirected by a step of its own."""
    form = sign_in(specialist).get(reverse("desk:draft", args=[at_clinic.number])).content.decode()
    chosen = re.search(r'<select name="decision".*?</select>', form, re.DOTALL)
    assert chosen is not None
    assert re.findall(r'value="(\w+)"', chosen[0]) == ["founded", "partly", "unfounded", "explained"]


def test_where_to_go_is_said_in_the_language_of_the_answer(
    specialist: Staff, at_clinic: Appeal, sign_in: SignIn
) -> None:
    """Whoever chooses another language, with a ready text or without, writes that sentence anew only if they wish."""
    client, path = sign_in(specialist), reverse("desk:draft", args=[at_clinic.number])
    russian, kazakh = (how_to_appeal(at_clinic, language) for language in ("ru", "kk"))
    written = ANSWER | {"language": "kk", "how_to_appeal": russian}
    assert kazakh in unescape(client.post(path, written | {"find": "template"}).content.decode())
    assert do(client, Verb.DRAFT, at_clinic, **written) == 302
    assert Answer.objects.get().how_to_appeal == kazakh
    assert do(client, Verb.DRAFT, at_clinic, **written | {"how_to_appeal": "В суд."}) == 302
    assert Answer.objects.get().how_to_appeal == "В суд."


def test_a_clinic_answers_by_itself(specialist: Staff, at_clinic: Appeal, sign_in: SignIn) -> None:
    client = sign_in(specialist)
    assert do(client, Verb.DRAFT, at_clinic, **ANSWER) == 302
    page = client.get(reverse("desk:answer", args=[at_clinic.number])).content.decode()
    assert "Врач примет вас завтра." in page, "who sends an answer reads it first"
    assert do(client, Verb.ANSWER, at_clinic) == 302
    assert at_clinic.state == "answered"


def test_words_pasted_from_word_arrive_as_plain_text(specialist: Staff, at_clinic: Appeal, sign_in: SignIn) -> None:
    """Lists, quotation marks and blanks stay; hidden characters go, and what looks like a tag is words."""
    pasted = "«Жа\u00adуап»\u200b — “да”:\r\n•\u00a0\tпервое\x07\r\n"
    pasted += "1.\tвторое\u202e\x0bконец <b style='mso'>жирный</b>\ufeff"
    client = sign_in(specialist)
    assert do(client, Verb.DRAFT, at_clinic, **ANSWER | {"text": pasted, "legal_basis": "ст.\u00a076\u200b"}) == 302
    answer = Answer.objects.get()
    assert answer.text == "«Жауап» — “да”:\n•\u00a0\tпервое\n1.\tвторое\nконец <b style='mso'>жирный</b>"
    assert answer.legal_basis == "ст.\u00a076"
    page = client.get(reverse("desk:appeal", args=[at_clinic.number])).content.decode()
    assert "&lt;b style=&#39;mso&#39;&gt;жирный&lt;/b&gt;" in page


def test_the_funds_answer_goes_through_four_eyes(
    expert: Staff, head: Staff, at_branch: Appeal, sign_in: SignIn
) -> None:
    writing, reading = sign_in(expert), sign_in(head)
    assert do(writing, Verb.DRAFT, at_branch, **ANSWER) == 302
    assert do(writing, Verb.ANSWER, at_branch) == 403
    assert do(writing, Verb.SUBMIT_FOR_APPROVAL, at_branch) == 302
    assert do(writing, Verb.APPROVE, at_branch) == 403
    assert do(reading, Verb.SEND_BACK, at_branch, reason="Назовите день") == 302
    assert "Назовите день" in writing.get(reverse("desk:appeal", args=[at_branch.number])).content.decode()
    assert do(writing, Verb.DRAFT, at_branch, **ANSWER | {"text": "Врач примет вас 3 июня."}) == 302
    assert do(writing, Verb.SUBMIT_FOR_APPROVAL, at_branch) == 302
    assert "Врач примет вас 3 июня." in reading.get(reverse("desk:approval", args=[at_branch.number])).content.decode()
    assert do(reading, Verb.APPROVE, at_branch, send="on") == 302
    assert at_branch.state == "answered"


def test_a_longer_term_is_proposed_and_decided_by_two(
    head: Staff, expert: Staff, at_branch: Appeal, sign_in: SignIn
) -> None:
    client, writing, until = sign_in(head), sign_in(expert), {"until": "2026-07-01"}
    assert do(client, Verb.EXTEND, at_branch) == 403
    form = writing.get(reverse("desk:extension_proposal", args=[at_branch.number])).content.decode()
    assert "At the latest August 24, 2026: two months after" in form and 'max="2026-08-24"' in form
    assert do(writing, Verb.PROPOSE_EXTENSION, at_branch, until="2026-08-25", reason="Нужна экспертиза") == 422
    assert do(writing, Verb.PROPOSE_EXTENSION, at_branch, until="завтра", reason="Нужна экспертиза") == 422
    assert do(writing, Verb.PROPOSE_EXTENSION, at_branch, until="2027-07-01", reason="Нужна экспертиза") == 422
    assert do(writing, Verb.PROPOSE_EXTENSION, at_branch, **until, reason="") == 422
    assert do(writing, Verb.PROPOSE_EXTENSION, at_branch, until="01.07.2026", reason="Нужна экспертиза") == 302
    assert do(writing, Verb.EXTEND, at_branch) == 403
    shown = client.get(reverse("desk:extension", args=[at_branch.number])).content.decode()
    assert "The notice to the applicant" in shown and shown.count("Нужна экспертиза") == 2
    assert do(client, Verb.REFUSE_EXTENSION, at_branch, reason="Хватит времени") == 302
    assert do(writing, Verb.PROPOSE_EXTENSION, at_branch, **until, reason="Нужна экспертиза") == 302
    assert do(client, Verb.EXTEND, at_branch) == 302
    assert at_branch.due_on is not None and at_branch.due_on.isoformat() == "2026-07-01"


def test_a_wish_to_withdraw_is_written_down_and_withdraws_nothing(
    specialist: Staff, at_clinic: Appeal, sign_in: SignIn
) -> None:
    client = sign_in(specialist)
    assert do(client, Verb.RECORD_WITHDRAWAL, at_clinic, channel="carrier pigeon", reason="Решили") == 422
    assert do(client, Verb.RECORD_WITHDRAWAL, at_clinic, channel="call", reason="Уже решили") == 302
    assert at_clinic.state == "in_work"
    assert Withdrawal.objects.get(appeal=at_clinic).recorded_by == specialist
    card = client.get(reverse("desk:appeal", args=[at_clinic.number])).content.decode()
    assert "waits for the applicant’s own confirmation" in card


def test_a_note_needs_no_version_and_stays_inside(specialist: Staff, at_clinic: Appeal, sign_in: SignIn) -> None:
    client, path = sign_in(specialist), reverse("desk:note", args=[at_clinic.number])
    assert client.post(path, {"seen_version": 1, "text": "Позвонить утром"}).status_code == 302
    assert Message.objects.get(appeal=at_clinic).direction == "note"


# --- Refusals ---


def test_what_an_appeal_is_about_is_corrected_with_before_and_after_on_the_card(
    world: World, at_branch: Appeal, expert: Staff, sign_in: SignIn
) -> None:
    client = sign_in(expert)
    form = client.get(reverse("desk:correction", args=[at_branch.number])).content.decode()
    assert f'value="{world.state_clinic.pk}" checked' in re.sub(r"\s+", " ", form)
    said = {"topic": "", "organisation": world.private_clinic.pk, "region": "", "reason": "Уточнили"}
    assert do(client, Verb.CORRECT, at_branch, **said) == 302
    assert at_branch.organisation == world.private_clinic
    card = client.get(reverse("desk:appeal", args=[at_branch.number])).content.decode()
    assert "The reason or the organisation was corrected" in card
    assert "Corrected: Уточнили" in card
    changed = re.search(r"The reason or the organisation was corrected.*?</dl>", card, re.DOTALL)
    assert changed and "Городская поликлиника №4" in changed[0] and "Клиника «Шипа»" in changed[0]


def test_words_that_were_typed_for_an_organisation_are_never_passed_over(
    world: World, at_branch: Appeal, expert: Staff, sign_in: SignIn
) -> None:
    said = {"organisation": world.state_clinic.pk, "organisation_words": "Шипа", "reason": "Так"}
    client, path = sign_in(expert), reverse("desk:correction", args=[at_branch.number])
    answer = client.post(path, {**said, "seen_version": at_branch.version})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose one of those found, or take the words out." in page
    assert 'value="Шипа"' in page and f'value="{world.private_clinic.pk}"' in page


def test_organisations_of_the_region_of_the_case_are_found_first(
    world: World, at_branch: Appeal, expert: Staff, sign_in: SignIn
) -> None:
    """Polyclinics of every town have the same numbers; the search as one types and the one by the button agree."""
    # Elsewhere it is called exactly so, at home only nearly.
    factories.organisation(world.almaty, name="Поликлиника №4")
    new_version(organisations=True)
    refresh()
    client, path = sign_in(expert), reverse("desk:correction", args=[at_branch.number])
    form = client.get(path).content.decode()
    typed = re.search(r'hx-get="([^"]+organisations[^"]+)"', form)
    assert typed and typed[1] == f"{reverse('desk:organisations')}?region={world.astana.kato}"
    while_typing = client.get(f"{typed[1]}&organisation_words=поликлиника 4").content.decode()
    by_button = client.post(path, {"find": "organisation_words", "organisation_words": "поликлиника 4"})
    for page in (while_typing, by_button.content.decode()):
        assert page.index("Городская поликлиника №4") < page.index(">Поликлиника №4")


def test_a_verb_that_is_not_allowed_says_why_instead_of_showing_a_form(
    world: World, specialist: Staff, sign_in: SignIn
) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    page = sign_in(specialist).get(reverse("desk:draft", args=[appeal.number]))
    assert page.status_code == 200
    assert "The desk must accept the appeal first." in page.content.decode()
    assert "<textarea" not in page.content.decode()


def test_somebody_was_faster_and_the_text_is_kept(
    world: World, specialist: Staff, at_clinic: Appeal, sign_in: SignIn
) -> None:
    manager = factories.staff(Role.CLINIC_MANAGER, world.clinic_desk)
    seen = at_clinic.version
    fields = ANSWER | {"text": "Моё письмо <b>"}
    draft(at_clinic, staff=manager, at=NOON + timedelta(minutes=1), **{**ANSWER, "text": "Письмо руководителя"})
    client, path = sign_in(specialist), reverse("desk:draft", args=[at_clinic.number])
    page = client.post(path, fields | {"seen_version": seen})
    words = page.content.decode()
    assert page.status_code == 409
    assert "Моё письмо &lt;b&gt;" in words
    assert "What changed meanwhile" in words
    assert "The draft was saved" in words
    assert "Сейітова А." in words, "and who did it"
    assert Answer.objects.get(appeal=at_clinic).text == "Письмо руководителя"
    # The form goes on from the version it now shows.
    again = re.search(r'name="seen_version"[^>]*value="(\d+)"', words)[1]  # type: ignore[index]
    assert int(again) == seen + 1
    assert client.post(path, fields | {"seen_version": again}).status_code == 302
    assert Answer.objects.get(appeal=at_clinic).text == "Моё письмо <b>"


def test_a_state_that_moved_meanwhile_keeps_the_text_too(
    world: World, specialist: Staff, at_clinic: Appeal, sign_in: SignIn
) -> None:
    seen = at_clinic.version
    manager = factories.staff(Role.CLINIC_MANAGER, world.clinic_desk)
    draft(at_clinic, staff=manager, at=NOON, **ANSWER)
    submit_for_approval(at_clinic, staff=manager, at=NOON)
    page = sign_in(specialist).post(
        reverse("desk:draft", args=[at_clinic.number]), ANSWER | {"text": "Моё письмо", "seen_version": seen}
    )
    assert page.status_code == 409
    assert "Моё письмо" in page.content.decode()
    assert "The draft answer is waiting for approval." in page.content.decode()


def test_what_does_not_matter_to_the_writer_does_not_stop_them(
    world: World, specialist: Staff, at_clinic: Appeal, sign_in: SignIn
) -> None:
    """Contacts looked at, the clock's marks and one's own notes are no reason to ask again."""
    client, seen = sign_in(specialist), at_clinic.version
    look = client.post(reverse("desk:contacts", args=[at_clinic.number]), {"who": "applicant", "purpose": "contact"})
    assert look.status_code == 200
    at_clinic.refresh_from_db()
    note(at_clinic, staff=specialist, text="Сама себе", at=NOON)
    path = reverse("desk:draft", args=[at_clinic.number])
    assert client.post(path, ANSWER | {"seen_version": seen}).status_code == 302


def test_a_colleagues_note_does(world: World, specialist: Staff, at_clinic: Appeal, sign_in: SignIn) -> None:
    seen = at_clinic.version
    manager = factories.staff(Role.CLINIC_MANAGER, world.clinic_desk)
    note(at_clinic, staff=manager, text="Подождите с ответом", at=NOON)
    path = reverse("desk:draft", args=[at_clinic.number])
    assert sign_in(specialist).post(path, ANSWER | {"seen_version": seen}).status_code == 409


@pytest.mark.parametrize("seen", ["", "-1", "x", "999999", "1e9"])
def test_a_forged_version_is_no_500(specialist: Staff, at_clinic: Appeal, sign_in: SignIn, seen: str) -> None:
    path = reverse("desk:draft", args=[at_clinic.number])
    assert sign_in(specialist).post(path, ANSWER | {"seen_version": seen}).status_code in (302, 409, 422)


def test_a_version_from_the_future_is_not_taken_for_the_present_one(
    specialist: Staff, at_clinic: Appeal, sign_in: SignIn
) -> None:
    path = reverse("desk:draft", args=[at_clinic.number])
    assert sign_in(specialist).post(path, ANSWER | {"seen_version": at_clinic.version + 1}).status_code == 409


@pytest.mark.parametrize("page", ["desk:appeal", "desk:note", "desk:receipt"])
def test_a_number_with_a_nul_is_not_there(specialist: Staff, world: World, sign_in: SignIn, page: str) -> None:
    assert sign_in(specialist).get(reverse(page, args=["26\x00"])).status_code == 404


def test_sending_twice_does_it_once(specialist: Staff, at_clinic: Appeal, sign_in: SignIn) -> None:
    client, path = sign_in(specialist), reverse("desk:question", args=[at_clinic.number])
    fields = {"seen_version": at_clinic.version, "question": "Когда?"}
    assert client.post(path, fields).status_code == 302
    assert client.post(path, fields).status_code == 409
    assert Message.objects.filter(appeal=at_clinic).count() == 1


def test_forms_are_refused_without_their_token(specialist: Staff, at_clinic: Appeal) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(specialist)
    assert client.post(reverse("desk:note", args=[at_clinic.number]), {"text": "Чужая страница"}).status_code == 403


def test_the_form_alone_is_given_to_the_card(specialist: Staff, at_clinic: Appeal, sign_in: SignIn) -> None:
    path = reverse("desk:question", args=[at_clinic.number])
    part = sign_in(specialist).get(path, headers={"HX-Request": "true", "HX-Target": "verb-form"})
    assert "<html" not in part.content.decode()
    assert f'action="{path}"' in part.content.decode()


# --- The answer ---


@pytest.fixture
def ready_text(world: World) -> AnswerTemplate:
    template = AnswerTemplate.objects.create(
        code="sorry",
        name_ru="Извинение",
        text_kk="Құрметті {name}!",
        text_ru="Уважаемый(ая) {name}! По обращению {number} о «{organisation}» ответ дан {today}. {none}",
        text_en="Dear {name}!",
    )
    refresh()
    return template


def test_a_ready_text_is_added_and_replaces_nothing(
    specialist: Staff, at_clinic: Appeal, ready_text: AnswerTemplate, sign_in: SignIn
) -> None:
    fields = ANSWER | {
        "text": "Начало письма.",
        "template": f"common-{ready_text.pk}",
        "insert": "template",
        "seen_version": 2,
    }
    page = sign_in(specialist).post(reverse("desk:draft", args=[at_clinic.number]), fields)
    words = page.content.decode()
    assert page.status_code == 200
    assert (
        "Начало письма.\n\nУважаемый(ая) Оспанов Ержан! По обращению "
        f"{at_clinic.number} о «Городская поликлиника №4» ответ дан 2 июня 2026"
    ) in words
    assert "{none}" in words, "what is not known stays to be seen"
    assert not Answer.objects.exists(), "nothing is saved yet"


def test_a_ready_text_comes_in_the_language_of_the_answer(
    specialist: Staff, at_clinic: Appeal, ready_text: AnswerTemplate, sign_in: SignIn
) -> None:
    fields = ANSWER | {"text": "", "language": "kk", "template": f"common-{ready_text.pk}", "insert": "template"}
    page = sign_in(specialist).post(reverse("desk:draft", args=[at_clinic.number]), fields).content.decode()
    assert "Құрметті Оспанов Ержан!" in page


def test_the_answer_begins_in_the_applicants_language_with_the_way_up(
    world: World, specialist: Staff, at_clinic: Appeal, sign_in: SignIn
) -> None:
    page = sign_in(specialist).get(reverse("desk:draft", args=[at_clinic.number])).content.decode()
    assert '<option value="ru" selected>' in page
    assert "УЗ города Астана" in page, "a state clinic's next rung is the health department"


def test_a_private_clinics_way_up_is_the_fund(world: World, sign_in: SignIn) -> None:
    person = factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)
    appeal = factories.appeal(organisation_id=world.private_clinic.pk)
    accept(appeal, staff=person, at=NOON)
    page = sign_in(person).get(reverse("desk:draft", args=[appeal.number])).content.decode()
    assert "Филиал по городу Астана" in page
    assert "УЗ города" not in page


def test_a_draft_is_for_the_desk_that_holds_the_appeal(
    world: World, expert: Staff, at_branch: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    draft(at_branch, staff=expert, at=NOON, **ANSWER)
    pass_on(at_branch, staff=expert, to=world.clinic_desk, reason="Ваш пациент", at=NOON)
    card = reverse("desk:appeal", args=[at_branch.number])
    assert "Врач примет вас завтра." in sign_in(expert).get(card).content.decode()
    assert "Врач примет вас завтра." not in sign_in(specialist).get(card).content.decode()


def test_the_clinic_does_not_read_what_the_fund_writes_to_itself(
    world: World, expert: Staff, at_branch: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    note(at_branch, staff=expert, text="Клиника уже дважды отказывала", at=NOON)
    pass_on(at_branch, staff=expert, to=world.clinic_desk, reason="Ваш пациент", at=NOON)
    at_branch.refresh_from_db()
    note(at_branch, staff=specialist, text="Наша внутренняя заметка", at=NOON)
    card = reverse("desk:appeal", args=[at_branch.number])
    fund, clinic = sign_in(expert).get(card).content.decode(), sign_in(specialist).get(card).content.decode()
    assert "Клиника уже дважды отказывала" in fund
    assert "Наша внутренняя заметка" in fund
    assert "Клиника уже дважды отказывала" not in clinic
    assert "Наша внутренняя заметка" in clinic


def test_the_computation_sheet_shows_an_extension(
    head: Staff, expert: Staff, at_branch: Appeal, sign_in: SignIn
) -> None:
    until = timezone.localdate() + timedelta(days=29)
    propose_extension(at_branch, staff=expert, until=until, reason="Нужна экспертиза", at=NOON)
    extend(at_branch, staff=head, at=NOON)
    page = sign_in(head).get(reverse("desk:terms", args=[at_branch.number])).content.decode()
    assert "Нужна экспертиза" in page
    assert "July 1, 2026" in page


def test_a_sensitive_appeal_is_offered_to_no_clinic(world: World, sign_in: SignIn) -> None:
    named = factories.staff(Role.BRANCH_SPECIALIST, world.branch, may_read_sensitive=True)
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, topic="extortion")
    factories.name(appeal, named)
    accept(appeal, staff=named, at=NOON)
    client = sign_in(named)
    for verb in (Verb.PASS_ON, Verb.REQUEST_INFORMATION):
        page = client.get(reverse(ADDRESSES[verb], args=[appeal.number])).content.decode()
        assert "СПП поликлиники" not in page
        found = client.get(reverse(ADDRESSES[verb], args=[appeal.number]), {"desk_words": "поликлиника 4"})
        assert "СПП поликлиники" not in found.content.decode()


def test_a_clinic_that_is_late_may_still_reply_and_no_other_is_asked_meanwhile(
    world: World, expert: Staff, at_branch: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    client = sign_in(expert)
    assert do(client, Verb.REQUEST_INFORMATION, at_branch, asked=world.clinic_desk.pk, question="Что было?") == 302
    assert do(client, Verb.CARRY_ON, at_branch) == 302
    other = {"asked": world.private_clinic_desk.pk, "question": "А у вас?"}
    assert do(client, Verb.REQUEST_INFORMATION, at_branch, **other) == 403
    assert do(sign_in(specialist), Verb.REPLY_INFORMATION, at_branch, reply="Простите за задержку") == 302
    assert at_branch.state == "in_work"
    assert do(client, Verb.REQUEST_INFORMATION, at_branch, **other) == 302
