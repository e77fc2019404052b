"""An answer without proof is made once for all who are told the same, and reads as if it were made for each alone."""

from datetime import date

import pytest
from django.http import HttpRequest
from django.utils.translation import override
from markupsafe import Markup

from qorgau.channels.portal.insurance import answer
from qorgau.channels.portal.insurance.answer import PRICED, answer_in_words
from qorgau.insured.answers import Insured
from qorgau.insured.record import Advance, Held, Record
from qorgau.insured.shown import status_shown
from qorgau.lib.pages import piece
from qorgau.rules.contributions import Payer
from qorgau.rules.months import FIRST, bit, month_of, span
from qorgau.rules.temporary_status import Granted
from tests.channels.portal.insurance.conftest import TODAY
from tests.insured.conftest import rows  # noqa: F401 - the rules, rates and categories
from tests.insured.files import AIGUL, DANA

NOW = month_of(TODAY)
RECORDS = {
    "nothing": Record(),
    "all paid": Record(paid=span(FIRST, NOW)),
    "the last twelve paid": Record(paid=span(NOW - 12, NOW - 1)),
    "a gap": Record(paid=span(NOW - 30, NOW - 1) & ~bit(NOW - 7)),
    "grace": Record(paid=span(NOW - 15, NOW - 3)),
    "long grace": Record(paid=span(NOW - 75, NOW - 5)),
    "lost": Record(paid=span(NOW - 20, NOW - 5)),
    "a year ahead": Record(ahead=(Advance(NOW, NOW + 11, NOW - 1),)),
    "a child": Record(categories=(Held("C01", date(2020, 5, 1), date(2038, 4, 30)),)),
    "a student until soon": Record(categories=(Held("C13", date(2024, 9, 1), date(2027, 1, 31)),)),
    "a pensioner": Record(categories=(Held("C12", date(2020, 1, 1)),)),
    "a category that ended": Record(categories=(Held("C13", date(2022, 9, 1), date(2026, 8, 31)),)),
    "temporary": Record(temporary=bit(NOW)),
    "granted": Record(granted=(Granted("C07", date(2026, 11, 20), date(2026, 12, 20)),)),
    "granted before": Record(granted=(Granted("C07", date(2026, 10, 1), date(2026, 11, 1)),)),
    "granted long ago": Record(granted=(Granted("C07", date(2026, 3, 1), date(2026, 4, 1)),)),
}


@pytest.fixture(autouse=True)
def sealed_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sealed anew each time is told apart by the person and the request alone."""
    monkeypatch.setattr(answer, "carried", lambda iin: f"sealed {iin[::-1]}")
    monkeypatch.setattr(answer, "csrf_input", lambda request: Markup("<token of {}>").format(request.path))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("payer", PRICED)
def test_it_reads_as_one_that_was_made_for_the_person_alone(rows: None, language: str, payer: Payer) -> None:  # noqa: F811
    request = HttpRequest()
    request.path = "/of one/"
    with override(language):
        for called, record in RECORDS.items():
            insured = Insured(record, date(2026, 11, 27))
            kept = [answer_in_words(request, DANA, insured, TODAY, proven=False, payer=payer) for _ in range(2)]
            shown = status_shown(insured, TODAY, proven=False, payer=payer)
            around = answer._around(DANA, proven=False, payer=payer)
            own = answer._own(request, DANA)
            alone = piece("portal/insurance/answer_words.html", shown=shown, **around.facts(), **own)
            assert [one.headline for one in kept] == [shown.headline] * 2, called
            assert [one.words for one in kept] == [alone] * 2, called
            assert "\0" not in alone


def test_what_is_made_once_has_nothing_of_the_one_for_whom_it_was_made(rows: None) -> None:  # noqa: F811
    first, second = HttpRequest(), HttpRequest()
    first.path, second.path = "/of one/", "/of another/"
    lost = Insured(RECORDS["lost"], TODAY)
    with override("ru"):
        one = answer_in_words(first, DANA, lost, TODAY, proven=False, payer=Payer.SELF_PAYER).words
        made = answer._for_all.cache_info().misses
        other = answer_in_words(second, AIGUL, lost, TODAY, proven=False, payer=Payer.SELF_PAYER).words

    assert answer._for_all.cache_info().misses == made
    for own in (DANA[::-1], DANA[-4:], "of one"):
        assert own in one and own not in other
    for own in (AIGUL[::-1], AIGUL[-4:], "of another"):
        assert own in other and own not in one
