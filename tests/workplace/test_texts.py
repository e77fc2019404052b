"""Ready texts: whose they are, what is refused when they are saved, and how they come into an answer."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from qorgau.directory.models import AnswerTemplate
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.rules.roles import HANDLERS, Role
from qorgau.workplace.models import OwnText, TemplateUse
from qorgau.workplace.texts.insertion import put_in, written
from qorgau.workplace.texts.ready import ReadyText, found, ready_texts
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn
from tests.workplace.counting import queries_of


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def colleague(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def head(world: World) -> Staff:
    return factories.staff(Role.CLINIC_MANAGER, world.clinic_desk)


@pytest.fixture
def stranger(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def appeal(world: World, specialist: Staff) -> Appeal:
    made = factories.appeal(organisation_id=world.state_clinic.pk)
    accept(made, staff=specialist, at=NOON)
    return made


@pytest.fixture
def common(db: None) -> AnswerTemplate:
    row = AnswerTemplate.objects.create(
        code="greeting", name_ru="Приветствие", name_en="Greeting", text_kk="Сәлем, {name}!",
        text_ru="Здравствуйте, {name}!", text_en="Hello, {name}!",
    )  # fmt: skip
    refresh()
    return row


def own(staff: Staff, *, for_desk: bool = False, **more: object) -> OwnText:
    whose = {"desk": staff.desk} if for_desk else {"owner": staff}
    return OwnText.objects.create(
        **{"name": "Справка", "text_ru": "Пришлите справку.", "changed_at": NOON, **whose, **more}
    )


TEXT = {"name": "Справка", "whose": "mine", "text_kk": "", "text_ru": "Номер {number}", "text_en": ""}


def save(client: Client, **said: object) -> int:
    return client.post(reverse("desk:text"), TEXT | said).status_code


def test_a_list_shows_how_a_text_begins_in_whole_words(specialist: Staff) -> None:
    long = own(specialist, text_ru="Уважаемый заявитель! " + "Пришлите справку. " * 20)
    (text,) = ready_texts(specialist)
    assert text.beginning.endswith(" …") and len(text.beginning) <= 160
    assert text.beginning.removesuffix(" …") + " " == long.text_ru[: len(text.beginning) - 1]


# --- Whose they are ---


def test_everybody_makes_texts_of_their_own(sign_in: SignIn, specialist: Staff, colleague: Staff) -> None:
    assert save(sign_in(specialist)) == 302
    row = OwnText.objects.get()
    assert (row.owner_id, row.desk_id, row.text_ru, row.changed_by_id) == (
        specialist.pk, None, "Номер {number}", specialist.pk,
    )  # fmt: skip
    assert [text.name for text in ready_texts(specialist)] == ["Справка"]
    assert ready_texts(colleague) == []


def test_the_head_makes_texts_of_the_desk_and_others_there_only_use_them(
    sign_in: SignIn, specialist: Staff, head: Staff, stranger: Staff
) -> None:
    assert save(sign_in(head), whose="desk") == 302
    row = OwnText.objects.get()
    assert (row.owner_id, row.desk_id) == (None, head.desk_id)
    assert [text.group for text in ready_texts(specialist)] == ["desk"]
    assert ready_texts(stranger) == []
    of_desk = f"{reverse('desk:text')}?text={row.pk}"
    assert [sign_in(person).get(of_desk).status_code for person in (head, specialist, stranger)] == [200, 403, 404]
    assert save(sign_in(specialist), text=row.pk, version=1) == 403
    assert save(sign_in(stranger), text=row.pk, version=1) == 404
    assert save(sign_in(head), text=row.pk, version=1, name="Другая") == 302
    row.refresh_from_db()
    assert (row.name, row.version, row.desk_id) == ("Другая", 2, head.desk_id)


def test_who_is_not_the_head_makes_none_for_the_desk(sign_in: SignIn, specialist: Staff) -> None:
    client = sign_in(specialist)
    assert save(client, whose="desk") == 302  # the form does not ask them, so what they add to it counts for nothing
    assert OwnText.objects.get().owner_id == specialist.pk
    assert 'name="whose"' not in client.get(reverse("desk:text")).content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - HANDLERS))
def test_those_who_only_read_have_no_texts(world: World, sign_in: SignIn, role: Role) -> None:
    client = sign_in(factories.staff(role, world.centre))
    for name in ("texts", "text", "macros", "macro"):
        assert client.get(reverse(f"desk:{name}")).status_code == 403
        assert client.post(reverse(f"desk:{name}"), TEXT).status_code in (403, 405)
    assert not OwnText.objects.exists()


@pytest.mark.parametrize("key", ["x", "0", "9" * 40, "-1"])
def test_a_text_that_is_not_there_is_not_found(sign_in: SignIn, specialist: Staff, key: str) -> None:
    assert sign_in(specialist).get(reverse("desk:text"), {"text": key}).status_code == 404


def test_a_text_is_deleted_after_one_question_and_only_by_its_own(
    sign_in: SignIn, specialist: Staff, colleague: Staff
) -> None:
    row = own(specialist)
    assert sign_in(colleague).post(reverse("desk:text"), {"text": row.pk, "delete": "1"}).status_code == 404
    page = sign_in(specialist).get(f"{reverse('desk:text')}?text={row.pk}&delete=1").content.decode()
    assert "Delete “Справка”?" in page
    assert sign_in(specialist).post(reverse("desk:text"), {"text": row.pk, "delete": "1"}).status_code == 302
    assert not OwnText.objects.exists()


def test_a_copy_begins_with_the_words_and_is_ones_own(
    sign_in: SignIn, specialist: Staff, common: AnswerTemplate
) -> None:
    page = sign_in(specialist).get(f"{reverse('desk:text')}?copy=common-{common.pk}").content.decode()
    assert "Greeting (copy)" in page
    assert "Здравствуйте, {name}!" in page
    assert not OwnText.objects.exists()


def test_nobody_overwrites_what_they_have_not_seen(sign_in: SignIn, head: Staff) -> None:
    row = own(head, for_desk=True)
    client = sign_in(head)
    assert save(client, text=row.pk, version=1, text_ru="Первый") == 302
    answer = client.post(reverse("desk:text"), TEXT | {"text": row.pk, "version": 1, "text_ru": "Второй"})
    assert answer.status_code == 409
    assert "Второй" in answer.content.decode()
    row.refresh_from_db()
    assert row.text_ru == "Первый"
    assert save(client, text=row.pk, version=2, text_ru="Второй") == 302


# --- What is refused ---


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text_ru": "Уважаемый {nmae}, {x y}"}, "There is no variable {nmae}, {x y}."),
        ({"text_kk": "Сіз {number", "text_ru": ""}, "A brace is open or closed without the other."),
        ({"text_ru": " \u200b"}, "Write the text in one language at least."),
        ({"name": " \u200b "}, "Give it a name by which you will find it."),
        ({"text_ru": "x" * 20_001}, "At most 20000 characters fit here."),
    ],
)
def test_a_slip_is_named_and_nothing_typed_is_lost(
    sign_in: SignIn, specialist: Staff, said: dict[str, str], words: str
) -> None:
    answer = sign_in(specialist).post(reverse("desk:text"), TEXT | said)
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (422, True)
    assert not OwnText.objects.exists()


def test_pasted_formatting_becomes_plain_text(sign_in: SignIn, specialist: Staff) -> None:
    pasted = "«Пункт»\u200b — “да”:\r\n•\tпервое\x07\r\n•\tвторое\u202e\x0b1.\tтретье\ufeff"
    assert save(sign_in(specialist), text_ru=pasted) == 302
    assert OwnText.objects.get().text_ru == "«Пункт» — “да”:\n•\tпервое\n•\tвторое\n1.\tтретье"


def test_a_pasted_answer_is_kept_clean(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    pasted = "Решили:\r\n•\tпринять «завтра»\x01\u200b\r\n—\tвернуть “деньги”…\ufeff"
    fields = {"decision": "founded", "language": "ru", "text": pasted, "seen_version": 2}
    assert sign_in(specialist).post(reverse("desk:draft", args=[appeal.number]), fields).status_code == 302
    assert Answer.objects.get().text == "Решили:\n•\tпринять «завтра»\n—\tвернуть “деньги”…"


# --- Finding and using ---


def test_texts_are_found_by_words_in_any_language_and_without_kazakh_letters(common: AnswerTemplate) -> None:
    text = ReadyText("own-1", "mine", "Анықтама", {"kk": "Құжатты жіберіңіз", "ru": "Пришлите документ"}, 0)
    assert found([text], "кужатты") == found([text], "ДОКУМЕНТ пришл") == found([text], "аныкт") == [text]
    assert found([text], "справка") == []


def test_the_list_is_searched_and_says_when_nothing_is_found(
    sign_in: SignIn, specialist: Staff, common: AnswerTemplate
) -> None:
    own(specialist)
    client = sign_in(specialist)
    page = client.get(reverse("desk:texts"), {"words": "справк"}).content.decode()
    assert ("Справка" in page, "Greeting" in page) == (True, False)
    assert 'name="words" value="справк"' in page
    assert 'name="words" value=""' in client.get(reverse("desk:texts")).content.decode()
    assert "No ready text holds these words." in client.get(reverse("desk:texts"), {"words": "zzz"}).content.decode()


def insert(client: Client, appeal: Appeal, **said: object) -> str:
    fields = {"decision": "", "language": "ru", "text": "", "insert": "template", "seen_version": 2, **said}
    answer = client.post(reverse("desk:draft", args=[appeal.number]), fields)
    assert answer.status_code == 200
    return answer.content.decode()


def test_several_texts_grow_one_answer_and_every_use_is_counted(
    sign_in: SignIn, specialist: Staff, appeal: Appeal, common: AnswerTemplate
) -> None:
    client, row = sign_in(specialist), own(specialist)
    page = insert(client, appeal, text="Начало.", template=f"common-{common.pk}")
    assert "Начало.\n\nЗдравствуйте, Оспанов Ержан!" in page
    page = insert(client, appeal, text="Начало.\r\n\r\nЗдравствуйте!", template=f"own-{row.pk}")
    assert "Начало.\n\nЗдравствуйте!\n\nПришлите справку." in page
    insert(client, appeal, template=f"common-{common.pk}")
    row.refresh_from_db()
    assert (row.used, TemplateUse.objects.get(template=common).used) == (1, 2)
    assert not Answer.objects.exists()


def test_a_text_goes_where_the_cursor_was(
    sign_in: SignIn, specialist: Staff, appeal: Appeal, common: AnswerTemplate
) -> None:
    page = insert(sign_in(specialist), appeal, text="Начало.\r\n\r\nКонец.", cursor="7", template=f"common-{common.pk}")
    assert "Начало.\n\nЗдравствуйте, Оспанов Ержан!\n\nКонец." in page


def test_whoever_adds_a_text_goes_on_writing_behind_it(
    sign_in: SignIn, specialist: Staff, appeal: Appeal, common: AnswerTemplate
) -> None:
    client = sign_in(specialist)
    page = insert(client, appeal, text="Начало.\r\n\r\nКонец.", cursor="7", template=f"common-{common.pk}")
    (text,) = re.findall(r"<textarea[^>]*\bautofocus\b[^>]*>", page)
    behind = len("Начало.\n\nЗдравствуйте, Оспанов Ержан!")
    assert 'name="text"' in text
    assert f'data-cursor="{behind}"' in text
    found = insert(client, appeal, find="template", template_words="Здравствуйте")
    assert re.findall(r'<(\w+)[^>]*name="(\w+)"[^>]*\bautofocus="', found) == [("select", "template")]
    nothing = insert(client, appeal, find="template", template_words="жоқ сөз")
    assert re.findall(r'<(\w+)[^>]*name="(\w+)"[^>]*\bautofocus="', nothing) == [("input", "template_words")]


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.one_of(st.integers(0, 80).map(str), st.just("")))
@example(text="00\U00010000", addition="0", cursor="3")
def test_nothing_that_was_written_is_ever_lost(text: str, addition: str, cursor: str) -> None:
    grown, ends = put_in(text, addition, cursor)
    kept = iter("".join(text.replace("\r\n", "\n").split()))
    rest = next(kept, None)
    for character in grown:
        if character == rest:
            rest = next(kept, None)
    assert rest is None
    assert addition in grown
    # Where browsers count UTF-16 units, the addition ends there.
    assert (
        grown.encode("utf-16-le", "surrogatepass")[: 2 * ends].decode("utf-16-le", "surrogatepass").endswith(addition)
    )


def test_what_is_not_known_stays_a_visible_gap_with_a_word_about_it(
    sign_in: SignIn, specialist: Staff, appeal: Appeal
) -> None:
    row = own(specialist, text_ru="{topic}: {gone}")  # saved before the variable was taken away
    page = insert(sign_in(specialist), appeal, template=f"own-{row.pk}")
    assert "left open in the text: {topic} (topic of the appeal)" in page
    assert "There is no variable {gone}; it is left open in the text." in page
    assert ">\n{topic}: {gone}</textarea>" in page


def test_a_text_in_another_language_says_so(specialist: Staff, appeal: Appeal) -> None:
    text = ReadyText("own-1", "mine", "Справка", {"kk": "Нөмірі {number}"}, 0)
    with override("en"):
        words, notes = written(text, appeal, specialist, "ru")
    assert words == f"Нөмірі {appeal.number}"
    assert len(notes) == 1
    assert "not there in this language" in notes[0]


def test_a_search_in_the_form_keeps_what_was_typed(
    sign_in: SignIn, specialist: Staff, appeal: Appeal, common: AnswerTemplate
) -> None:
    own(specialist)
    fields = {"language": "ru", "text": "Моё начало", "template_words": "справк", "find": "template"}
    page = sign_in(specialist).post(reverse("desk:draft", args=[appeal.number]), fields).content.decode()
    assert "Моё начало" in page
    assert ("Справка</option>" in page, "Greeting</option>" in page) == (True, False)


def test_a_question_takes_ready_texts_too(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    row = own(specialist)
    fields = {"question": "Добрый день.", "template": f"own-{row.pk}", "insert": "template", "seen_version": 2}
    page = sign_in(specialist).post(reverse("desk:question", args=[appeal.number]), fields).content.decode()
    assert "Добрый день.\n\nПришлите справку." in page
    appeal.refresh_from_db()
    assert appeal.version == 2


def test_thirty_texts_take_as_many_queries_as_one(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    client = sign_in(specialist)
    own(specialist)
    pages = [reverse("desk:texts"), reverse("desk:draft", args=[appeal.number])]
    counted = []
    for _round in range(2):
        for page in pages:
            counted.append(len(queries_of(client, page)))
        for number in range(29):
            own(specialist, name=f"Текст {number}")
    assert counted[:2] == counted[2:]
