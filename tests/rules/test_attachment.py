"""Attachment to clinics, against a table written by hand (DOMAIN §3.6)."""

import json
from datetime import date

import pytest

from qorgau.rules.attachment import Campaign, Reason, judge_attachment, words_of_campaign

ORDER = {"kk": "Бұйрық", "ru": "Приказ", "en": "The order"}
OF_2025 = Campaign(
    opens=date(2025, 9, 1), closes=date(2025, 11, 1), serves_from=date(2026, 1, 1), source_mark="V", row_id=1
)
OF_2026 = Campaign(
    opens=date(2026, 9, 1), closes=date(2026, 11, 1), serves_from=date(2027, 1, 1), source_mark="M", row_id=2
)
BOTH = (OF_2025, OF_2026)


def reason(code, name, **more):
    return Reason(code=code, names={"kk": f"{name} kk", "ru": f"{name} ru", "en": name}, basis=ORDER, **more)


FREE = reason("free-choice", "Free choice", bound=True, once_a_year=True, source_mark="V", row_id=11)
ANOTHER = reason("another", "Another reason", bound=True, source_mark="ours", row_id=12)
MOVED = reason("moved", "A move", bound=False, source_mark="V", row_id=13)
NEWBORN = reason("newborn", "A newborn", bound=False, source_mark="M", papers={"kk": "", "ru": "", "en": "a number"})

IN_2026, NEVER = date(2027, 1, 1), None


@pytest.mark.parametrize(
    ("on", "why", "last_choice", "standing", "serves_from", "campaign"),
    [
        # The first and the last day belong to the campaign, the days beside them do not.
        (date(2026, 8, 31), FREE, None, "outside", NEVER, OF_2026),
        (date(2026, 9, 1), FREE, None, "in_campaign", IN_2026, OF_2026),
        (date(2026, 11, 1), FREE, None, "in_campaign", IN_2026, OF_2026),
        (date(2026, 11, 2), FREE, None, "outside", NEVER, OF_2026),
        (date(2025, 10, 5), FREE, None, "in_campaign", date(2026, 1, 1), OF_2025),
        # Between two campaigns it is the next one that people are told.
        (date(2026, 1, 15), FREE, None, "outside", NEVER, OF_2026),
        # Before all of them the first, after all of them the last.
        (date(2024, 5, 5), FREE, None, "outside", NEVER, OF_2025),
        (date(2030, 1, 1), FREE, None, "outside", NEVER, OF_2026),
        # Once in a year of the calendar.
        (date(2026, 9, 2), FREE, date(2026, 9, 1), "chosen_before", NEVER, OF_2026),
        (date(2026, 9, 2), FREE, date(2026, 1, 1), "chosen_before", NEVER, OF_2026),
        (date(2026, 9, 2), FREE, date(2025, 12, 31), "in_campaign", IN_2026, OF_2026),
        (date(2026, 9, 2), FREE, date(2026, 9, 3), "in_campaign", IN_2026, OF_2026),
        (date(2026, 12, 1), FREE, date(2026, 9, 3), "outside", NEVER, OF_2026),
        (date(2026, 9, 2), ANOTHER, date(2026, 9, 1), "in_campaign", IN_2026, OF_2026),
        (date(2026, 12, 1), ANOTHER, None, "outside", NEVER, OF_2026),
        # What is bound to no days holds on each of them, whatever was chosen before.
        (date(2026, 12, 1), MOVED, None, "any_day", NEVER, None),
        (date(2026, 9, 2), MOVED, date(2026, 9, 1), "any_day", NEVER, None),
        (date(2026, 2, 28), NEWBORN, None, "any_day", NEVER, None),
    ],
)
def test_what_asking_on_a_day_for_a_reason_means(on, why, last_choice, standing, serves_from, campaign):
    verdict = judge_attachment(on, why, BOTH, last_choice=last_choice)
    assert (verdict.standing, verdict.serves_from, verdict.campaign) == (standing, serves_from, campaign)
    assert verdict.stands == (standing in ("any_day", "in_campaign"))
    assert verdict.reason is why and verdict.because


def said(verdict):
    return [str(sentence) for sentence in verdict.because]


def test_in_the_days_of_free_choice_it_says_since_when_and_by_what():
    assert said(judge_attachment(date(2025, 10, 5), FREE, BOTH)) == [
        "A clinic can be chosen freely from 1 September 2025 to 1 November 2025, so this is the time for it.",
        "The new clinic serves from 1 January 2026, if it has a contract with the Fund. "
        "Until then the present one does.",
        "Basis: The order.",
    ]


def test_days_that_nobody_confirmed_are_called_so():
    unsure = "These days are not confirmed yet; the clinic and 1414 know them for certain."
    assert unsure in said(judge_attachment(date(2026, 10, 5), FREE, BOTH))
    assert unsure in said(judge_attachment(date(2026, 12, 5), FREE, BOTH))
    assert unsure not in said(judge_attachment(date(2025, 10, 5), FREE, BOTH))
    assert "We have not been able to check this in the order itself; the clinic will say for certain." in said(
        judge_attachment(date(2026, 12, 5), NEWBORN, BOTH)
    )


def test_what_does_not_stand_is_said_plainly_and_can_be_sent_all_the_same():
    all_the_same = (
        "The application can be sent all the same: the clinic must consider it and give the reasons of its answer."
    )
    outside = said(judge_attachment(date(2026, 12, 5), FREE, BOTH))
    assert outside[0] == "“Free choice” is not among the reasons that are taken on any day of the year."
    assert outside[1].startswith("A clinic could be chosen freely from 1 September 2026 to 1 November 2026;")
    before = said(judge_attachment(date(2026, 9, 2), FREE, BOTH, last_choice=date(2026, 9, 1)))
    assert before[0] == "A clinic can be chosen freely once a year, and this year it was chosen on 1 September 2026."
    assert all_the_same in outside and all_the_same in before
    assert all_the_same not in said(judge_attachment(date(2026, 12, 5), MOVED, BOTH))


def test_papers_are_named_where_there_are_some():
    assert "Have ready: a number." in said(judge_attachment(date(2026, 12, 5), NEWBORN, BOTH))
    assert not any("Have ready" in sentence for sentence in said(judge_attachment(date(2026, 12, 5), MOVED, BOTH)))


def test_without_any_campaign_nothing_is_made_up():
    verdict = judge_attachment(date(2026, 9, 2), FREE, ())
    assert (verdict.standing, verdict.campaign) == ("outside", None)
    assert str(verdict.because[1]) == "The days in which a clinic can be chosen freely are not known yet."


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 8, 1), "A clinic can be chosen freely from 1 September 2026 to 1 November 2026; these days are"),
        (
            date(2026, 9, 1),
            "A clinic can be chosen freely from 1 September 2026 to 1 November 2026; 1 September 2026 is",
        ),
        (date(2026, 12, 1), "A clinic could be chosen freely from 1 September 2026 to 1 November 2026; the next such"),
    ],
)
def test_the_days_are_told_as_seen_from_a_day(on, told):
    assert str(words_of_campaign(on, OF_2026)).startswith(told)


def test_a_verdict_can_be_kept_with_the_rows_that_were_used():
    kept = json.loads(json.dumps(judge_attachment(date(2026, 9, 1), FREE, BOTH).to_json()))
    assert (kept["standing"], kept["reason"], kept["campaign"]) == ("in_campaign", 11, 2)
    assert kept["serves_from"] == "2027-01-01" and len(kept["because"]) == 4


@pytest.mark.parametrize("serves_from", [date(2026, 11, 1), date(2026, 10, 1)])
def test_serving_begins_after_the_campaign(serves_from):
    with pytest.raises(ValueError, match="opens, closes"):
        Campaign(opens=date(2026, 9, 1), closes=date(2026, 11, 1), serves_from=serves_from)
