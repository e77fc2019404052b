from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from qorgau.handling.for_applicant.taken_along import LASTS, forget_spent, opened_by_word, take_along, word_for
from qorgau.register.models import Appeal, SpentWord
from tests import factories


@pytest.fixture
def appeal(world: object) -> Appeal:
    return factories.appeal()


def test_a_word_opens_its_appeal_for_ten_minutes(appeal: Appeal) -> None:
    now = timezone.now()
    word = word_for(appeal, at=now)
    assert appeal.number not in word
    found = opened_by_word(word, at=now + LASTS - timedelta(seconds=1))
    assert found is not None and (found.appeal, found.spent) == (appeal, False)
    assert opened_by_word(word, at=now + LASTS + timedelta(seconds=2)) is None
    assert take_along(word, at=now + LASTS + timedelta(seconds=2)) is None


def test_looking_spends_nothing_and_taking_it_does(appeal: Appeal) -> None:
    now = timezone.now()
    word = word_for(appeal, at=now)
    for _ in range(3):
        assert opened_by_word(word, at=now) is not None
    assert take_along(word, at=now) == appeal
    assert take_along(word, at=now) is None
    found = opened_by_word(word, at=now)
    assert found is not None and found.spent
    assert take_along(word_for(appeal, at=now), at=now) == appeal, "another word works"


def test_a_new_code_ends_it(appeal: Appeal) -> None:
    now = timezone.now()
    word = word_for(appeal, at=now)
    Appeal.objects.update(code_version=2, version=F("version") + 1)
    assert opened_by_word(word, at=now) is None
    assert take_along(word, at=now) is None
    assert not SpentWord.objects.exists()


@pytest.mark.parametrize("word", ["x", "AAAA", "%D2", "-" * 200])
def test_what_we_did_not_make_opens_nothing(world: object, word: str) -> None:
    assert opened_by_word(word, at=timezone.now()) is None
    assert take_along(word, at=timezone.now()) is None


def test_the_same_word_written_in_another_way_is_spent_too(appeal: Appeal) -> None:
    now = timezone.now()
    word = word_for(appeal, at=now)
    assert take_along(word, at=now) == appeal
    for same in (f"{word}=", f"{word}==", f"!{word}", f"{word[:9]}*{word[9:]}"):
        assert take_along(same, at=now) is None


def test_what_was_spent_is_forgotten_once_it_cannot_work_any_more(appeal: Appeal) -> None:
    now = timezone.now()
    take_along(word_for(appeal, at=now), at=now)
    assert forget_spent(now + timedelta(hours=1)) == 0
    assert forget_spent(now + timedelta(days=2)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_press_at_once_one_opens_it() -> None:
    factories.world()
    appeal, now = factories.appeal(), timezone.now()
    word = word_for(appeal, at=now)
    together, opened = Barrier(4), []

    def press() -> None:
        together.wait()
        opened.append(take_along(word, at=now))
        connection.close()

    threads = [Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one is not None for one in opened) == [False, False, False, True]
