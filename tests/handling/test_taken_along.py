from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from qorgau.handling.for_applicant.taken_along import LASTS, opened_by_word, word_for
from qorgau.register.models import Appeal
from tests import factories


@pytest.fixture
def appeal(world: object) -> Appeal:
    return factories.appeal()


def test_a_word_opens_its_appeal_for_ten_minutes(appeal: Appeal) -> None:
    now = timezone.now()
    word = word_for(appeal, at=now)
    assert appeal.number not in word
    assert opened_by_word(word, at=now + LASTS - timedelta(seconds=1)) == appeal
    assert opened_by_word(word, at=now + LASTS + timedelta(seconds=2)) is None


def test_a_new_code_ends_it(appeal: Appeal) -> None:
    now = timezone.now()
    word = word_for(appeal, at=now)
    Appeal.objects.update(code_version=2, version=F("version") + 1)
    assert opened_by_word(word, at=now) is None


@pytest.mark.parametrize("word", ["x", "AAAA", "%D2", "-" * 200])
def test_what_we_did_not_make_opens_nothing(client: Client, world: object, word: str) -> None:
    assert opened_by_word(word, at=timezone.now()) is None
    page = client.get(f"/en/track/{word}/")
    assert page.status_code == 410
    assert "This link no longer works" in page.content.decode()
