"""Every page that staff have, on a telephone and on a desk: axe finds nothing on it, and nothing is pushed out.

The list is that of the addresses, so no new page can be forgotten: one that is no page is named with its reason in
`tests/staff_pages.py`, and one that needs something more has its line in `_walk`.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from qorgau.people import urls as people_urls
from qorgau.people.models import Staff
from qorgau.people.models.staff import ADMINISTERED_APPS
from qorgau.rules.states import Verb
from qorgau.workplace import urls
from tests.journeys.complaints import complain_about_the_clinic
from tests.journeys.hands import Hands
from tests.journeys.own_installation import OwnInstallation
from tests.journeys.staff import do, open_card, sign_in
from tests.journeys.visitor import Visitor
from tests.staff_pages import NO_PAGES, SEEN_BY

pytestmark = pytest.mark.journey

NARROW, WIDE = 360, 1280
_WIDER_THAN_THEIR_FRAMES = """() => [...document.querySelectorAll(".table-frame")]
    .filter((frame) => frame.scrollWidth > frame.clientWidth).length"""
_SECOND_FACTOR = """
import django
django.setup()
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from qorgau.people.models import Staff
somebody = Staff.objects.get(username="branch-specialist")
TOTP.activate(somebody, generate_totp_secret())
RecoveryCodes.activate(somebody)
"""
NO_PAGES_OF_SIGN_IN = {
    "staff_begin": "leads to where one works", "staff_language": "is only sent to",
    "mfa_download_recovery_codes": "a file",
}  # fmt: skip


@pytest.fixture(scope="module")
def numbers(qorgau: OwnInstallation) -> dict[str, str]:
    """Appeals for the walk, by what is to be seen on them."""
    names = ("work", "approval", "sensitive")
    return {name: complain_about_the_clinic(qorgau, f"Для обхода страниц: {name}.") for name in names}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_the_desk_fits_and_has_no_barriers(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation, numbers: dict[str, str], language: str
) -> None:
    """axe looks in Kazakh, whose words are the longest; how wide a page is depends on the language."""
    seen, wrong = set(), {}
    for name, member in _walk(visitor, qorgau, numbers, language):
        seen.add(name.partition(":")[0])
        if found := look_over(member, name, barriers=language == "kk"):
            wrong[name] = found
    # All of them at once: who mends one page wants to know of the others.
    assert wrong == {}
    assert seen == {str(pattern.name) for pattern in urls.urlpatterns} - set(NO_PAGES)


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_pages_of_sign_in_have_no_barriers(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation, signed_in: bool
) -> None:
    """Each for somebody who has signed in, and for somebody who has not; some of them lead on to another one."""
    somebody = sign_in(visitor, qorgau, "branch-specialist", "kk", axe=False) if signed_in else visitor("kk", axe=False)
    wrong = {}
    for name in _names_of(people_urls.urlpatterns):
        if name in NO_PAGES_OF_SIGN_IN:
            continue
        key = {"uidb36": "1", "key": "set-password"} if name == "account_reset_password_from_key" else {}
        if signed_in and name == "mfa_deactivate_totp":  # from here on there is something to turn off
            qorgau.command(sys.executable, "-c", _SECOND_FACTOR)
        somebody.open(reverse(name, kwargs=key))
        if found := look_over(somebody, name, barriers=True):
            wrong[name] = found
    qorgau.rows("DELETE FROM mfa_authenticator")
    assert wrong == {}


def test_the_administration_area_has_no_barriers(visitor: Callable[..., Visitor], qorgau: OwnInstallation) -> None:
    """Every table by the form of its first row, or of a new one; what all tables share by an example of each kind."""
    somebody = sign_in(visitor, qorgau, "administrator", "kk", axe=False, to="/administration/")
    wrong = {}
    for name, address in [*_forms_of_tables(qorgau), *_kinds_of_administration(qorgau)]:
        somebody.open(address)
        found: list[object] = [*somebody.complaints, *somebody.barriers()]
        for width in (NARROW, WIDE):
            somebody.page.set_viewport_size({"width": width, "height": 900})
            found += [f"wider than {width}"] if somebody.width() > width else []
        if found:
            wrong[name] = found
        somebody.complaints.clear()
    assert wrong == {}


def _forms_of_tables(qorgau: OwnInstallation) -> Iterator[tuple[str, str]]:
    for model, table in admin.site._registry.items():
        if model._meta.app_label in ADMINISTERED_APPS:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            key = _first_row(qorgau, model)
            is_read = type(table).has_add_permission is not admin.ModelAdmin.has_add_permission
            empty = reverse(f"{name}_changelist" if is_read else f"{name}_add")
            yield name, reverse(f"{name}_change", args=[key]) if key else empty


def _kinds_of_administration(qorgau: OwnInstallation) -> Iterator[tuple[str, str]]:
    yield "index", reverse("admin:index")
    yield "tables of a part", reverse("admin:app_list", args=["directory"])
    for name in ("people_staff", "people_signinevent", "directory_topic", "directory_change", "partners_partnerkey"):
        yield f"list {name}", reverse(f"admin:{name}_changelist")
    yield "list searched", reverse("admin:directory_organisation_changelist") + "?q=емхана&in_force=today"
    yield "list without a row", reverse("admin:directory_organisation_changelist") + "?q=zzzz"
    for name in ("people_staff", "directory_checklist"):
        yield f"new {name}", reverse(f"admin:{name}_add")
    ((model, row),) = qorgau.rows("SELECT model, row_id FROM directory_change ORDER BY id LIMIT 1")
    yield "history", reverse(f"admin:{str(model).replace('.', '_')}_history", args=[row])
    for name in ("one_time_password", "second_factor", "end"):
        yield name, reverse(f"admin:people_staff_{name}", args=[_first_row(qorgau, Staff)])


def _first_row(qorgau: OwnInstallation, model: type[Model]) -> object | None:
    """The key of a row of a table; None where it is empty."""
    rows = qorgau.rows(f'SELECT id FROM "{model._meta.db_table}" ORDER BY id LIMIT 1')
    return rows[0][0] if rows else None


def _names_of(patterns: Iterable[Any]) -> Iterator[str]:
    for pattern in patterns:
        yield from _names_of(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [str(pattern.name)]


def look_over(member: Visitor, name: str, *, barriers: bool) -> list[object]:
    """What is wrong with a page on a telephone and on a desk."""
    wrong: list[object] = [*member.complaints]
    member.complaints.clear()
    for width in (NARROW, WIDE):
        member.page.set_viewport_size({"width": width, "height": 900})
        if (wide := member.width()) > width:
            wrong.append(f"{wide} wide in {width}")
        if width == NARROW and (wide := member.width_in_wide_letters()) > width:
            wrong.append(f"{wide} wide in {width}, in wide letters")
        if member.page.evaluate(_WIDER_THAN_THEIR_FRAMES):
            wrong.append(f"a table is wider than its frame in {width}")
        if barriers:
            wrong += member.barriers()
    return wrong


def _walk(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation, numbers: dict[str, str], language: str
) -> Iterator[tuple[str, Visitor]]:
    """Comes to each page, and says what it is called and who stands before it."""
    members: dict[str, Visitor] = {}

    def member_for(name: str) -> Visitor:
        username = SEEN_BY.get(name, "branch-specialist")
        if username not in members:
            members[username] = sign_in(visitor, qorgau, username, language, axe=False)
        return members[username]

    somebody = member_for("")
    _prepare(somebody, qorgau, numbers)
    for pattern in urls.urlpatterns:
        name, needed = str(pattern.name), set(pattern.pattern.converters)
        if name in NO_PAGES or needed - {"number"} or name in ("contacts", "receipt", "readers"):
            continue
        number = numbers["approval" if name in ("approval", "sending_back", "answer") else "work"]
        member_for(name).open(reverse(f"desk:{name}", args=[number] if needed else []))
        yield name, member_for(name)
    yield from _what_opens(somebody, numbers["work"])
    yield from _what_was_sent(somebody, qorgau, numbers["work"])
    yield from _what_has_a_key(somebody, qorgau, numbers)


def _prepare(member: Visitor, qorgau: OwnInstallation, numbers: dict[str, str]) -> None:
    """The first walk brings the appeals to where there is most to see; the others find them there."""
    ((state,),) = qorgau.rows("SELECT state FROM register_appeal WHERE number = %s", numbers["work"])
    if state != "registered":
        return
    for name, number in numbers.items():
        open_card(member, number)
        if name == "sensitive":
            do(member, Verb.MARK_SENSITIVE, fill=lambda: member.fill(reason="Пара талап етті"))
            continue
        do(member, Verb.ACCEPT)
        do(member, Verb.NOTE, fill=lambda: member.fill(text="@approver: қараңыз"))
        do(member, Verb.DRAFT, fill=lambda: (member.select(decision="founded"), member.fill(text="Шағым расталды.")))
        if name == "approval":
            do(member, Verb.SUBMIT_FOR_APPROVAL)
        else:
            do(member, Verb.REQUEST_INFORMATION, fill=lambda: member.fill(question="Не болды?"))


def _what_opens(member: Visitor, number: str) -> Iterator[tuple[str, Visitor]]:
    hands = Hands(member, no_mouse=False)
    member.open("/desk/?tab=all")
    hands.press("Control+k")
    member.page.locator("[role='option']").first.wait_for()
    yield "palette:open", member
    hands.close_dialog()
    hands.press("?")
    hands.wait_for_focus("dialog[open].key-sheet [data-close]")
    yield "keys:open", member
    member.open(f"/desk/appeal/{number}/")
    hands.press("m")
    hands.wait_for_focus("#verb-title")
    yield "appeal:form", member


def _what_was_sent(member: Visitor, qorgau: OwnInstallation, number: str) -> Iterator[tuple[str, Visitor]]:
    main = member.page.locator("main")
    member.open(f"/desk/appeal/{number}/note/")
    member.go(main.locator('.actions button[type="submit"]').click, status=422)
    yield "note:errors", member
    member.open(f"/desk/appeal/{number}/")
    looking = main.locator("form.looking").first
    looking.locator("select").select_option(index=1)
    looking.get_by_role("button").click()
    looking.wait_for(state="detached")
    yield "contacts", member
    ((version,),) = qorgau.rows("SELECT version FROM register_appeal WHERE number = %s", number)
    rows = f"row={number}.{version}"
    member.open(f"/desk/many/assignment/?{rows}")
    yield "many", member
    # The version before: somebody was faster, so this one is refused.
    member.open(f"/desk/many/acceptance/?row={number}.1")
    member.go(main.locator('.actions button[type="submit"]').click)
    yield "many_done", member
    member.open("/desk/new/")
    member.pick("how", "call")
    main.locator('textarea[name="text"]').fill("Қоңырау шалып, дәрігер қабылдамады деді.")
    member.go(main.locator('.actions button[type="submit"]').first.click)
    yield "receipt", member


def _what_has_a_key(member: Visitor, qorgau: OwnInstallation, numbers: dict[str, str]) -> Iterator[tuple[str, Visitor]]:
    ((view,),) = qorgau.rows(
        "INSERT INTO workplace_savedview (name, name_kk, name_ru, name_en, address, pinned, position, made_by_id) "
        "SELECT 'Шолу', '', '', '', 'tab=all', true, 0, id FROM people_staff WHERE username = 'branch-specialist' "
        "RETURNING id"
    )
    member.open(f"/desk/views/{view}/")
    yield "saved_view", member
    ((table,),) = qorgau.rows(
        "INSERT INTO workplace_export (staff_id, asked_at, query, language, format, purpose, in_full, rows, done,"
        " state, stored_as) SELECT id, now(), 'tab=all', 'kk', 'xlsx', 'report', false, 20000, 5000, 'running', '' "
        "FROM people_staff WHERE username = 'branch-specialist' RETURNING id"
    )
    member.open(f"/desk/exports/{table}/")
    yield "export_progress", member
    ((case,),) = qorgau.rows(
        "INSERT INTO workplace_casefile (staff_id, appeal_id, asked_at, language, format, purpose, in_full, state,"
        " stored_as) SELECT s.id, a.id, now(), 'kk', 'zip', 'fixing', false, 'waiting', '' "
        "FROM people_staff s, register_appeal a WHERE s.username = 'branch-specialist' AND a.number = %s RETURNING id",
        numbers["work"],
    )
    member.open(f"/desk/case-files/{case}/")
    yield "case_file_progress", member
    member.open(f"/desk/sensitive/{numbers['sensitive']}/")
    yield "readers", member
