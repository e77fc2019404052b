"""The keys of the desk and their sheet."""

from django.urls import reverse
from django.utils.translation import override

from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from qorgau.workplace.bulk.pages import OFFERED
from qorgau.workplace.card.verb_choices import ADDRESSES
from qorgau.workplace.keyboard.keys import DOING, EVERYWHERE, IN_THE_QUEUE, OF_VERBS, ON_THE_CARD, Key
from tests import factories
from tests.factories import World
from tests.workplace.conftest import SignIn


def test_no_key_means_two_things_on_one_page() -> None:
    with_several = [Key((OF_VERBS[many.verb],), many.verb) for many in OFFERED.values() if many.verb in OF_VERBS]
    for keys in ((*EVERYWHERE, *IN_THE_QUEUE, *with_several), (*EVERYWHERE, *ON_THE_CARD, *DOING)):
        presses = [key.presses for key in keys]
        assert len(presses) == len(set(presses))
        begins = {key.presses[0] for key in keys if key.in_turn}
        assert begins & {key.presses[0] for key in keys if len(key.presses) == 1} == set()


def test_every_key_of_a_verb_opens_a_form() -> None:
    assert set(OF_VERBS) <= set(ADDRESSES)


def test_a_letter_is_shown_with_the_cyrillic_one_on_its_keycap() -> None:
    assert [key.caps for key in ON_THE_CARD] == [["N (Т)"], ["P (З)"], ["U (Г)"]]
    assert EVERYWHERE[0].caps == ["Ctrl", "K (Л)"]


def test_the_sheet_is_a_page_and_a_part(world: World, sign_in: SignIn) -> None:
    client = sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk))
    page = client.get(reverse("desk:keys")).content.decode()
    part = client.get(reverse("desk:keys"), headers={"HX-Target": "key-sheet"}).content.decode()
    assert "<html" in page and "<html" not in part
    for text in (page, part):
        assert "<kbd>J (О)</kbd>" in text
    assert "are off" not in part


def test_it_says_when_single_keys_are_off(world: World, sign_in: SignIn) -> None:
    somebody = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk, single_keys=False)
    client = sign_in(somebody)
    assert "Shortcuts of a single key are off" in client.get(reverse("desk:keys")).content.decode()
    assert 'data-keys="off"' in client.get(reverse("desk:queue")).content.decode()
    Staff.objects.filter(pk=somebody.pk).update(single_keys=True)
    assert "data-keys=" not in client.get(reverse("desk:queue")).content.decode()


def test_every_word_of_the_sheet_can_be_said() -> None:
    for code in ("kk", "ru", "en"):
        with override(code):
            assert all(str(key.does) for key in (*EVERYWHERE, *IN_THE_QUEUE, *ON_THE_CARD, *DOING))
