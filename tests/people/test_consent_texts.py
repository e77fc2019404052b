from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from qorgau.people.consent_texts import load_consent_texts
from qorgau.people.models import ConsentText

pytestmark = pytest.mark.django_db


def test_every_purpose_has_a_text_in_three_languages():
    assert load_consent_texts() == 4
    texts = ConsentText.objects.all()
    assert {text.purpose for text in texts} == set(ConsentText.Purpose)
    for text in texts:
        assert text.valid_from <= date(2026, 11, 1)
        assert "Қор" in text.text_kk
        assert "Фонд" in text.text_ru
        assert "the Fund" in text.text_en
        assert not [words for words in (text.text_kk, text.text_ru, text.text_en) if "\n" in words or "  " in words]


def test_loading_again_adds_and_changes_nothing():
    load_consent_texts()
    before = list(ConsentText.objects.values())
    assert load_consent_texts() == 0
    assert list(ConsentText.objects.values()) == before


def test_a_text_that_people_may_have_agreed_to_is_never_rewritten():
    load_consent_texts()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ConsentText.objects.update(text_en="You agree to everything.")


def test_they_come_with_the_other_reference_data():
    out = StringIO()
    call_command("load_reference", stdout=out)
    assert "texts of consents: 4 added" in out.getvalue()
    assert ConsentText.objects.count() == 4
