"""Days of choosing a clinic and reasons for attachment: supplied with their sources, and edited with history."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from qorgau.directory import reference
from qorgau.directory.loading import load_reference
from qorgau.directory.models import AttachmentReason, Change, ChoiceCampaign, DeadlinePolicy, Topic
from qorgau.directory.reference import Reference
from qorgau.rules.policies import Purpose
from qorgau.rules.roles import Role
from tests import factories
from tests.directory.test_administration import address, errors_of, filled_in
from tests.factories import World


@pytest.fixture
def loaded(db: None) -> Reference:
    load_reference()
    return reference.refresh()


@pytest.fixture
def area(client: Client, world: World, settings: Any) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    load_reference()
    Change.objects.all().delete()
    client.force_login(factories.staff(Role.ADMINISTRATOR, world.centre))
    return client


def test_campaigns_come_with_their_days_and_how_sure_they_are(loaded: Reference) -> None:
    assert [(one.opens, one.closes, one.serves_from, one.source_mark) for one in reversed(loaded.campaigns)] == [
        (date(2025, 9, 1), date(2025, 11, 1), date(2026, 1, 1), "V"),
        (date(2026, 9, 1), date(2026, 11, 1), date(2027, 1, 1), "M"),
    ]


def test_free_choice_is_bound_to_the_days_and_a_move_is_not(loaded: Reference) -> None:
    reasons = {row.code: row for row in loaded.reasons_for_attachment(date(2026, 11, 28))}

    assert next(iter(reasons)) == "free-choice" and len(reasons) == 16
    assert {code for code, row in reasons.items() if row.bound} == {"free-choice", "another"}
    assert {code for code, row in reasons.items() if row.once_a_year} == {"free-choice"}
    assert {code for code, row in reasons.items() if row.source_mark == "V"} == {"free-choice", "moved", "eaeu-worker"}
    for row in reasons.values():
        assert all((row.name_kk, row.name_ru, row.name_en, row.basis, row.basis_kk, row.basis_en))
        assert len({bool(row.papers_kk), bool(row.papers_ru), bool(row.papers_en)}) == 1


def test_no_reason_asks_for_a_copy_of_an_identity_document(loaded: Reference) -> None:
    for row in loaded.attachment_reasons.values():
        for papers in (row.papers_kk, row.papers_ru, row.papers_en):
            assert not any(word in papers.lower() for word in ("удостоверени", "паспорт", "identity", "жеке куәлік"))


def test_the_term_is_one_working_day_and_taken_until_six(loaded: Reference) -> None:
    policy = loaded.policy(Purpose.ATTACHMENT, on=date(2026, 11, 28))
    topic = loaded.topic_by_code("attachment-change")

    assert (policy.term, policy.unit, str(policy.taken_until)) == (1, "working_days", "18:00:00")
    assert topic is not None
    assert (topic.appeal_kind, topic.desk_kind, topic.own_term) == ("application", "clinic", "attachment")


def test_loading_again_keeps_what_an_installation_wrote(loaded: Reference) -> None:
    ChoiceCampaign.objects.filter(valid_from=date(2026, 9, 1)).update(valid_from=date(2026, 9, 15), source_mark="V")
    AttachmentReason.objects.filter(code="newborn").update(valid_to=date(2026, 12, 31))

    assert load_reference() == {}
    assert AttachmentReason.objects.get(code="newborn").valid_to == date(2026, 12, 31)


def test_an_administrator_corrects_the_days_and_the_history_remembers(area: Client) -> None:
    row = ChoiceCampaign.objects.create(
        name_ru="Кампания 2030 года", valid_from=date(2030, 9, 1), valid_to=date(2030, 11, 1),
        serves_from=date(2031, 1, 1), basis="Приказ",
    )  # fmt: skip
    where = address("choicecampaign", "change", row.pk)
    answer = area.post(where, filled_in(area, where, valid_from="2030-09-15", valid_to="2030-11-15", source_mark="V"))

    assert answer.status_code == 302, errors_of(answer)
    change = Change.objects.latest("pk")
    assert (change.before["valid_to"], change.after["valid_to"]) == ("2030-11-01", "2030-11-15")
    assert reference.refresh().campaigns[0].closes == date(2030, 11, 15)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"valid_from": ""}, "valid_from"),
        ({"valid_to": ""}, "valid_to"),
        ({"valid_to": "2030-08-01"}, "valid_to"),
        ({"serves_from": "2030-11-01"}, "serves_from"),
        ({"valid_from": "2026-10-01", "valid_to": "2026-10-02"}, "valid_from"),
        ({"serves_from": "some day"}, "serves_from"),
    ],
)
def test_days_that_cannot_be_are_refused(area: Client, changed: dict[str, str], said: str) -> None:
    days = {"valid_from": "2030-09-01", "valid_to": "2030-11-01", "serves_from": "2031-01-01"}
    page = {"name_ru": "Кампания", "basis": "Приказ", "source_mark": "M", **days, **changed}
    answer = area.post(address("choicecampaign", "add"), page)

    assert answer.status_code == 200 and said in errors_of(answer)
    assert ChoiceCampaign.objects.count() == 2


def test_a_reason_that_was_in_force_stays_and_a_new_one_takes_its_place(area: Client) -> None:
    row = AttachmentReason.objects.get(code="pensioner")
    AttachmentReason.objects.filter(pk=row.pk).update(valid_from=date(2026, 1, 1))
    form = area.get(address("attachmentreason", "change", row.pk)).context["adminform"].form
    assert not {"code", "bound", "once_a_year", "valid_from"} & set(form.fields)

    again = {"code": "pensioner", "name_ru": "Пенсионер", "basis": "Приказ", "source_mark": "V", "position": "70"}
    assert "valid_from" in errors_of(area.post(address("attachmentreason", "add"), again))


@pytest.mark.parametrize("table", ["choicecampaign", "attachmentreason"])
def test_their_lists_open(area: Client, table: str) -> None:
    assert area.get(address(table, "changelist")).status_code == 200


def test_term_and_topic_show_what_is_new_about_them(area: Client) -> None:
    term = DeadlinePolicy.objects.get(code="attachment")
    assert "6 p.m." in area.get(address("deadlinepolicy", "change", term.pk)).content.decode()
    topic = Topic.objects.get(code="attachment-change")
    form = area.get(address("topic", "change", topic.pk)).context["adminform"].form
    assert form["own_term"].value() == "attachment"
