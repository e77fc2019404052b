"""Who is recognised as the applicant of an appeal, and who may be told a code that no message carries."""

import pytest

from qorgau.rules.ladder import DeskKind
from qorgau.rules.new_codes import Came, OnRecord, Sign, may_be_asked, why_not_recognised, why_not_told

NAMED = OnRecord(name=True, iin=True, phone=True)
NAMELESS = OnRecord()


def test_only_what_the_record_answers_is_asked() -> None:
    assert may_be_asked(NAMED) == (Sign.NAME, Sign.IIN, Sign.PHONE, Sign.MATTER, Sign.WHEN, Sign.DOCUMENT)
    assert may_be_asked(NAMELESS) == (Sign.MATTER, Sign.WHEN)


@pytest.mark.parametrize(
    ("signs", "record", "recognised"),
    [
        ({Sign.NAME, Sign.IIN}, NAMED, True),
        ({Sign.NAME, Sign.MATTER}, NAMED, True),
        ({Sign.DOCUMENT, Sign.WHEN}, NAMED, True),
        ({Sign.NAME}, NAMED, False),
        ({Sign.IIN, Sign.PHONE}, NAMED, False),
        ({Sign.NAME, Sign.EMAIL}, NAMED, False),
        ({Sign.MATTER, Sign.WHEN}, NAMELESS, True),
        ({Sign.MATTER, Sign.DOCUMENT}, NAMELESS, False),
    ],
)
def test_two_things_agree_one_of_them_the_name(signs: set[Sign], record: OnRecord, recognised: bool) -> None:
    assert (why_not_recognised(signs, record) is None) == recognised


@pytest.mark.parametrize("desk", list(DeskKind))
@pytest.mark.parametrize("taken_here", [False, True])
@pytest.mark.parametrize("came", list(Came))
def test_who_may_be_told(desk: DeskKind, taken_here: bool, came: Came) -> None:
    told = why_not_told({Sign.NAME, Sign.DOCUMENT}, NAMED, came=came, desk=desk, taken_here=taken_here) is None

    at_a_desk = desk != DeskKind.CONTACT_CENTRE and came == Came.PERSON
    assert told == (at_a_desk and (desk != DeskKind.CLINIC or taken_here))


def test_nobody_is_told_without_a_document_or_without_a_name_to_compare_it_with() -> None:
    here = {"came": Came.PERSON, "desk": DeskKind.BRANCH, "taken_here": True}
    assert "identity document" in str(why_not_told({Sign.NAME, Sign.WHEN}, NAMED, **here))
    assert "neither a name nor an IIN" in str(why_not_told({Sign.MATTER, Sign.WHEN}, NAMELESS, **here))
