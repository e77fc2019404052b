"""Two people at one appeal: who is slower keeps the text, sees what changed in words, and may send it anyway."""

import pytest
from django.urls import reverse

from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.draft import draft
from qorgau.handling.redirect import redirect
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn

TYPED = {
    "decision": "founded",
    "language": "ru",
    "text": "Мой ответ: запишем вас завтра.",
    "legal_basis": "",
    "how_to_appeal": "",
}


@pytest.fixture
def slower(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def faster(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def appeal(world: World, slower: Staff) -> Appeal:
    made = factories.appeal(organisation_id=world.state_clinic.pk)
    accept(made, staff=slower, at=NOON)
    return made


def save(draft_of: Staff, appeal: Appeal, text: str) -> None:
    draft(
        appeal, staff=draft_of, decision="partly", text=text, legal_basis="", how_to_appeal="", language="ru", at=NOON
    )  # fmt: skip


def test_a_draft_saved_meanwhile_stands_beside_the_kept_text_and_is_replaced_only_knowingly(
    slower: Staff, faster: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    client, path, seen = sign_in(slower), reverse("desk:draft", args=[appeal.number]), appeal.version
    save(faster, appeal, "Ответ коллеги: отказать.")
    add_message(appeal, text="Меня уже приняли.", at=NOON, delivery_key="m")
    late = client.post(path, {**TYPED, "seen_version": seen})
    page = late.content.decode()
    assert late.status_code == 409
    for words in (
        "Мой ответ: запишем вас завтра.", "Ответ коллеги: отказать.", "Меня уже приняли.", "The draft was saved",
        "Your text is kept.", "Save the draft anyway",
        "It would take the place of the draft that your colleague saved.",
    ):  # fmt: skip
        assert words in page, words
    assert "Send anyway" not in page, "saving a draft sends nothing"
    assert Answer.objects.get().text == "Ответ коллеги: отказать."
    assert f'name="seen_version" id="id_seen_version" value="{appeal.version}"' in page
    again = client.post(path, {**TYPED, "seen_version": appeal.version})
    assert (again.status_code, Answer.objects.get().text) == (302, "Мой ответ: запишем вас завтра.")


def test_what_is_not_possible_any_more_keeps_the_text_and_offers_no_sending(
    slower: Staff, faster: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    seen = appeal.version
    redirect(appeal, staff=faster, body="Комитет", reason="Не наше", at=NOON)
    late = sign_in(slower).post(reverse("desk:draft", args=[appeal.number]), {**TYPED, "seen_version": seen})
    page = late.content.decode()
    assert "Мой ответ: запишем вас завтра." in page
    assert "It cannot be sent any more" in page and "anyway" not in page
    assert "In work" in page and "Redirected" in page, "before and after"
