"""What the page of an appeal says, at every turn of its life."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from qorgau.channels.portal.tracking import kept_page
from qorgau.channels.portal.tracking import page as pages
from qorgau.directory import reference
from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.draft import draft
from qorgau.handling.extend import extend
from qorgau.handling.for_applicant import reading
from qorgau.handling.note import note
from qorgau.handling.pass_on import pass_on
from qorgau.handling.propose_extension import propose_extension
from qorgau.handling.redirect import redirect
from qorgau.handling.request_information import request_information
from qorgau.intake.attachments import attach
from qorgau.intake.staging import stage
from qorgau.lib.statements import first_row
from qorgau.register.files import place_of
from qorgau.register.models import Appeal, Attachment, Message
from qorgau.rules.roles import Role
from tests.channels.portal.conftest import Open, field, form_of, words
from tests.channels.portal.tracking.life_of import accepted, ago, answered, asked, filed
from tests.factories import ALMATY, World, staff


def page_of(browser: Client, appeal: Appeal, language: str = "en") -> str:
    response = browser.get(f"/{language}/appeal/{appeal.number}/")
    assert response.status_code == 200
    return words(response)


def test_a_new_appeal_says_who_holds_it_until_when_and_why(world: World, opened: Open) -> None:
    appeal = filed(world)
    page = page_of(opened(appeal), appeal)

    assert "Registered" in page and "Your appeal was registered" in page
    assert "СПП поликлиники №4" in page
    assert "The clinic has its own support service: this is the shortest way." in page
    assert "How the due date was found" in page and "Term in calendar days: 5." in page
    assert "Терапевт отказался принять без объяснения причин." in page
    assert "days left" in page or "day left" in page or "Due today" in page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_state_can_be_read_in_every_language(world: World, opened: Open, language: str) -> None:
    for appeal in (filed(world), accepted(world)[0], asked(world)[0], answered(world)[0]):
        page_of(opened(appeal), appeal, language)


def test_each_step_is_told_in_plain_words(world: World, opened: Open) -> None:
    appeal, person = accepted(world)
    pass_on(appeal, staff=person, to=world.branch, reason="пусть сами разбираются", at=ago(minutes=30))
    page = page_of(opened(appeal), appeal)

    assert "The desk took your appeal into work" in page
    assert "Another desk was asked to take your appeal over" in page and "Филиал по городу Астана" in page
    assert "пусть сами разбираются" not in page  # words between desks stay there


def test_what_stays_inside_is_not_shown(world: World, opened: Open) -> None:
    appeal, person = answered(world)
    note(appeal, staff=person, text="жалобщик опять пишет", at=ago(minutes=10))
    page = page_of(opened(appeal), appeal)

    assert "жалобщик" not in page and "draft" not in page


def test_a_draft_is_no_answer_yet(world: World, opened: Open) -> None:
    appeal, person = accepted(world)
    draft(
        appeal,
        staff=person,
        decision="unfounded",
        text="Черновик.",
        legal_basis="",
        how_to_appeal="",
        language="ru",
        at=ago(minutes=5),
    )
    browser = opened(appeal)

    assert "Черновик" not in page_of(browser, appeal)
    assert browser.get(f"/en/appeal/{appeal.number}/answer.pdf").status_code == 404


def test_information_asked_of_the_clinic_is_told_with_its_date(world: World, opened: Open) -> None:
    one = filed(world, wish="fund")
    person = staff(Role.BRANCH_SPECIALIST, world.branch)
    accept(one, staff=person, at=ago(minutes=50))
    request_information(one, staff=person, asked=world.clinic_desk, question="Журнал?", at=ago(minutes=40))
    page = page_of(opened(one), one)

    assert "The clinic was asked for information" in page and "A reply is expected by" in page
    assert "Журнал?" not in page


def test_an_extension_shows_its_reason_and_the_new_day(world: World, opened: Open) -> None:
    appeal, person = accepted(world)
    head = staff(Role.CLINIC_MANAGER, world.clinic_desk)
    until = appeal.registered_on + timedelta(days=50)
    propose_extension(appeal, staff=person, until=until, reason="ждём заключение", at=ago(minutes=6))
    extend(appeal, staff=head, at=ago(minutes=5))
    page = page_of(opened(appeal), appeal)

    assert "The term was extended" in page and "ждём заключение" in page


def test_a_redirected_appeal_says_where_it_went(world: World, opened: Open) -> None:
    appeal, person = accepted(world)
    redirect(appeal, staff=person, body="Комитет медицинского контроля", reason="его дело", at=ago(minutes=5))
    page = page_of(opened(appeal), appeal)

    assert "Passed to another body" in page and "Комитет медицинского контроля" in page


def test_the_answer_stands_first_with_its_ground_and_the_way_on(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    page = page_of(opened(appeal), appeal)

    assert "Your appeal is partly founded" in page
    assert "Дәрігерге ескерту жасалды." in page and 'lang="kk"' in page
    assert "Денсаулық туралы кодекс, 35-бап" in page and "Қорға шағымдануға болады." in page
    assert page.index("The answer") < page.index("What has happened so far")
    assert "Go one step higher" in page and "Did it help you?" in page
    assert "Answered in time" in page


def test_a_question_stands_first_and_the_form_is_for_the_reply(world: World, opened: Open) -> None:
    appeal, _ = asked(world)
    page = page_of(opened(appeal), appeal)

    assert "The desk asks you" in page and "Қай күні болды?" in page
    assert "Reply to the question" in page and "Send the reply" in page


def test_what_a_person_wrote_is_never_markup(world: World, opened: Open) -> None:
    appeal = filed(world, text="<script>alert(1)</script>")
    add_message(appeal, text="<img src=x onerror=alert(1)>", delivery_key="k", at=ago(minutes=1))
    page = page_of(opened(appeal), appeal)

    assert "<script>alert" not in page and "<img src=x" not in page


def test_a_page_is_read_in_one_statement_however_much_was_said(
    world: World, opened: Open, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements: list[str] = []

    def counted(statement: str, parameters: list[Any]) -> Any:
        statements.append(statement)
        return first_row(statement, parameters)

    monkeypatch.setattr(reading, "first_row", counted)
    monkeypatch.setattr(reference, "SECONDS_BETWEEN_LOOKS", 3600.0)
    reference.refresh()
    appeal = filed(world)
    browser = opened(appeal)
    path = f"/en/appeal/{appeal.number}/"
    for count, trips in ((1, 1), (30, 2)):  # where a page is kept, its version is asked for first
        while (said := Message.objects.filter(appeal=appeal).count()) < count:
            add_message(appeal, text="Ещё слово.", delivery_key=f"k{said}", at=timezone.now())
            appeal.refresh_from_db()
        statements.clear()
        with django_assert_num_queries(0):  # all that is asked is asked below
            assert words(browser.get(path)).count("Ещё слово.") == count
        assert len(statements) == trips
        browser.get(path)
        assert len(statements) == trips + 1  # its version alone: the page is kept


def test_every_change_shows_at_once_although_pages_are_kept(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    assert "Новое слово" not in page_of(browser, appeal)
    add_message(appeal, text="Новое слово", delivery_key="k", at=timezone.now())

    assert "Новое слово" in page_of(browser, appeal)


def test_a_kept_page_guards_its_forms_anew_each_time(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    action = f"/en/appeal/{appeal.number}/message/"
    forms = [form_of(browser.get(f"/en/appeal/{appeal.number}/"), action) for _ in range(3)]

    assert len({field(form, "csrfmiddlewaretoken") for form in forms}) == 3
    assert len({field(form, "delivery") for form in forms}) == 3
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    sent = strict.post(action, dict(forms[-1].filled({"text": "Слово."})))
    assert sent.status_code == 302


def test_a_kept_page_is_kept_for_its_language_and_look_alone(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    english, russian = page_of(browser, appeal), page_of(browser, appeal, "ru")
    browser.cookies["aids"] = "black.100.normal.sans.on"

    assert 'lang="en"' in english and '<html lang="ru"' in russian
    assert "contrast-black" in page_of(browser, appeal) and "contrast-black" not in english


def test_a_page_made_at_midnight_is_not_kept_for_the_next_day(
    world: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    now = [datetime(2026, 6, 2, 23, 59, 59, tzinfo=ALMATY)]
    made = pages.show_appeal

    def slowly(*what: Any, **how: Any) -> HttpResponse:
        answer = made(*what, **how)
        now[0] += timedelta(seconds=2)
        return answer

    monkeypatch.setattr(timezone, "now", lambda: now[0])
    monkeypatch.setattr(pages, "show_appeal", slowly)
    browser.get(f"/en/appeal/{appeal.number}/")
    assert [key[3] for key in kept_page._pages] == [date(2026, 6, 2)]  # type: ignore[index]


def test_nothing_in_an_address_is_kept_for_others(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    browser.get(f"/en/appeal/{appeal.number}/?from=somewhere")

    assert "somewhere" not in page_of(browser, appeal)


def test_only_so_many_pages_are_kept(world: World, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_page, "_PAGES_KEPT", 2)
    for _ in range(4):
        appeal = filed(world)
        page_of(opened(appeal), appeal)

    assert len(kept_page._pages) == 2


def test_pages_of_appeals_stay_in_no_cache_and_in_no_search_engine(world: World, opened: Open) -> None:
    appeal = filed(world)
    response = opened(appeal).get(f"/en/appeal/{appeal.number}/")

    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]


# --- Files ---


def staged_text(name: str, content: str) -> str:
    return stage(SimpleUploadedFile(name, content.encode(), "text/plain"), at=timezone.now()).token


def test_own_files_are_downloads_and_never_pages(world: World, opened: Open) -> None:
    appeal = filed(world, staged_files=(staged_text("справка.txt", "Қабылдау болмады"),))
    browser = opened(appeal)
    path = f"/en/appeal/{appeal.number}/files/{Attachment.objects.get().pk}/"
    assert path in page_of(browser, appeal)
    file = browser.get(path)

    assert b"".join(file.streaming_content) == "Қабылдау болмады".encode()
    assert file["Content-Disposition"].startswith("attachment;")
    assert file["X-Content-Type-Options"] == "nosniff" and "sandbox" in file["Content-Security-Policy"]


def test_files_of_other_appeals_and_of_staff_are_not_there(world: World, opened: Open) -> None:
    other = filed(world, staged_files=(staged_text("чужой.txt", "чужое"),))
    appeal, person = accepted(world)
    with transaction.atomic():
        attach(appeal, [staged_text("внутренний.txt", "для своих")], staff=person, at=timezone.now())
    browser = opened(appeal)

    assert "внутренний.txt" not in page_of(browser, appeal)
    for file in Attachment.objects.all():
        assert browser.get(f"/en/appeal/{appeal.number}/files/{file.pk}/").status_code == 404
    assert opened(other).get(f"/en/appeal/{other.number}/files/{other.attachments.get().pk}/").status_code == 200


def test_a_file_that_the_disk_has_lost_is_told(world: World, opened: Open) -> None:
    appeal = filed(world, staged_files=(staged_text("справка.txt", "Қабылдау болмады"),))
    place_of(Attachment.objects.get().stored_as).unlink()
    lost = opened(appeal).get(f"/en/appeal/{appeal.number}/files/{Attachment.objects.get().pk}/")

    assert lost.status_code == 404 and "This file is not there" in words(lost)


def test_the_answer_is_a_tagged_pdf_in_the_language_it_was_written_in(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    pdf = opened(appeal).get(f"/en/appeal/{appeal.number}/answer.pdf")

    assert pdf["Content-Type"] == "application/pdf" and f"{appeal.number}-answer.pdf" in pdf["Content-Disposition"]
    assert pdf.content.startswith(b"%PDF-") and b"/StructTreeRoot" in pdf.content
