from collections import Counter
from datetime import date

import pytest

from qorgau.directory import reference
from qorgau.directory.loading import load_reference
from qorgau.directory.models import (
    AnswerTemplate,
    Change,
    Checklist,
    DeadlinePolicy,
    Desk,
    DirectoryVersion,
    Region,
    Topic,
    WorkingHours,
)
from qorgau.directory.reference import Reference
from qorgau.directory.region_names import keys_of
from qorgau.directory.template_variables import unknown_variables
from qorgau.lib.kazakh_order import sort_key
from qorgau.rules.kinds import Kind
from qorgau.rules.ladder import DeskKind
from qorgau.rules.policies import Purpose

LANGUAGES = ("kk", "ru", "en")


@pytest.fixture
def loaded(db: None) -> Reference:
    load_reference()
    return reference.refresh()


def test_twenty_regions_come_with_names_codes_and_order(loaded: Reference) -> None:
    assert len(loaded.regions) == 20
    for region in loaded.regions.values():
        assert region.kato == region.iso.removeprefix("KZ-") + "0000000"
        assert region.sort_key == sort_key(region.name_kk)
        assert 40 < region.latitude < 56 and 46 < region.longitude < 88
        assert region.name_kk and region.name_ru and region.name_en and region.aliases


@pytest.mark.parametrize(
    ("said", "kato"),
    [
        ("Абайская область", "10"), ("обл. Абай", "10"), ("область Жетысу", "33"), ("Жетысуская", "33"),
        ("Улытау", "62"), ("Алматы", "75"), ("Алматы облысы", "19"), ("Алматинская обл.", "19"), ("г.Алматы", "75"),
        ("Нур-Султан", "71"), ("Южно-Казахстанская область", "61"), ("ЗКО", "27"), ("ШҚО", "63"), ("Караганда", "35"),
        ("Шымкент қ.", "79"), ("Солтустик Казакстан облысы", "59"), ("WEST KAZAKHSTAN REGION", "27"),
    ],
)  # fmt: skip
def test_a_region_is_known_by_its_old_and_short_names(loaded: Reference, said: str, kato: str) -> None:
    region = loaded.find_region(said)
    assert region is not None
    assert region.kato[:2] == kato


def test_no_two_regions_share_a_name(loaded: Reference) -> None:
    counted = Counter(key for region in loaded.regions.values() for key in set(keys_of(region)))
    assert [key for key, count in counted.items() if count > 1] == []


def test_regions_come_in_the_order_of_each_alphabet(loaded: Reference) -> None:
    kazakh = [region.name_kk for region in loaded.regions_in_order("kk")]
    assert kazakh[:4] == ["Абай облысы", "Ақмола облысы", "Ақтөбе облысы", "Алматы қаласы"]
    assert kazakh[-2:] == ["Шығыс Қазақстан облысы", "Шымкент қаласы"]
    english = [region.name_en for region in loaded.regions_in_order("en")]
    assert english == sorted(english, key=str.casefold)


def test_every_region_has_a_branch_and_a_health_department(loaded: Reference) -> None:
    for region in loaded.regions.values():
        for kind in (DeskKind.BRANCH, DeskKind.HEALTH_DEPARTMENT):
            desk = loaded.desk_of(kind, region_id=region.pk)
            assert desk is not None
            assert desk.name_kk and desk.name_ru and desk.name_en
    assert loaded.desk_of(DeskKind.CONTACT_CENTRE) is not None
    assert loaded.desk_of(DeskKind.CENTRE) is not None
    assert Counter(desk.kind for desk in loaded.desks.values()) == {
        "contact_centre": 1, "centre": 1, "branch": 20, "health_department": 20,
    }  # fmt: skip


def test_topics_are_two_levels_and_say_kind_and_desk(loaded: Reference) -> None:
    tree = loaded.topic_tree()
    assert len(tree) == 8
    for group, topics in tree:
        assert topics
        assert group.parent_id is None
        for topic in topics:
            assert topic.name_kk and topic.name_ru and topic.name_en
            assert topic.appeal_kind in {kind.value for kind in Kind} | {""}
            assert topic.desk_kind in {kind.value for kind in DeskKind} | {""}
            assert not topic.sensitive or topic.desk_kind == DeskKind.BRANCH.value


def test_the_reasons_the_fund_counts_carry_the_codes_of_the_classifier(loaded: Reference) -> None:
    codes = {
        "care-refused": ["14.0", "6.2"],
        "care-quality": ["6.0", "6.1"],
        "charged-for-free-care": ["12.0", "12.1", "12.2", "12.3"],
        "false-entries": ["5.0", "5.1", "2.0"],
        "medicines-refused": ["6.3", "6.4", "12.1"],
        "long-wait": ["7.0"],
        "rudeness": ["6.2", "8.0"],
        "status-demanded": [],
        "attached-without-consent": ["5.2"],
    }
    for code, defects in codes.items():
        topic = loaded.topic_by_code(code)
        assert topic is not None
        assert (topic.appeal_kind, topic.defect_codes) == ("complaint", defects)


def test_extortion_and_harm_are_sensitive(loaded: Reference) -> None:
    sensitive = {topic.code for topic in loaded.topics.values() if topic.sensitive}
    assert sensitive == {"extortion", "harm", "confidentiality"}


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("on", [date(2015, 1, 1), date(2021, 6, 30), date(2021, 7, 1), date(2026, 11, 22)])
def test_every_purpose_has_a_term_on_every_day(loaded: Reference, purpose: Purpose, on: date) -> None:
    assert loaded.policy(purpose, on=on, desk_kind=DeskKind.CLINIC, kind=Kind.COMPLAINT).term > 0


def test_the_lawful_terms_are_those_of_the_code(loaded: Reference) -> None:
    on = date(2026, 11, 20)
    consideration = loaded.policy("consideration", on=on, kind=Kind.COMPLAINT, desk_kind=DeskKind.BRANCH)
    assert (consideration.term, consideration.unit) == (15, "working_days")
    assert (consideration.extension_months, consideration.notice_days) == (2, 3)
    clinic = loaded.policy("support_service", on=on, desk_kind=DeskKind.CLINIC)
    assert (clinic.term, clinic.unit) == (5, "calendar_days")
    assert (loaded.policy("redirection", on=on).term, loaded.policy("next_stage", on=on).term) == (3, 3)
    assert loaded.policy("next_stage", on=on).source_mark == "M"
    for policy in loaded.policies:
        assert isinstance(policy.basis, dict)
        assert all(policy.basis[language] for language in LANGUAGES)


def test_templates_are_complete_in_three_languages_with_the_same_variables(loaded: Reference) -> None:
    assert len(loaded.templates) >= 10
    for template in loaded.templates.values():
        texts = [getattr(template, f"text_{language}") for language in LANGUAGES]
        assert all(texts) and template.name_kk and template.name_ru and template.name_en
        for text in texts:
            assert unknown_variables(text) == []
            assert text.count("{") == text.count("}")
            assert text.count("[") == text.count("]") == texts[0].count("[")
        assert len({tuple(sorted(name for name in _variables(text))) for text in texts}) == 1, template.code


def _variables(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]


def test_an_unfounded_answer_says_how_to_go_higher(loaded: Reference) -> None:
    unfounded = next(template for template in loaded.templates.values() if template.code == "unfounded")
    for language in LANGUAGES:
        text = getattr(unfounded, f"text_{language}")
        assert "{next_desk}" in text
        assert "{appeal_until}" in text


def test_templates_of_the_topic_come_first_and_those_of_other_desks_do_not_come(loaded: Reference) -> None:
    topic = loaded.topic_by_code("gratitude")
    assert topic is not None
    codes = [template.code for template in loaded.templates_for(desk_kind=DeskKind.CLINIC, topic_id=topic.pk)]
    assert codes[0] == "gratitude-reply"
    assert "founded" in codes
    assert "insured-status-explained" not in codes


def test_complaints_come_with_steps_in_three_languages_of_which_none_holds_an_answer_back(loaded: Reference) -> None:
    def steps(code: str, kind: str) -> int:
        topic = loaded.topic_by_code(code)
        assert topic is not None
        lists = loaded.checklists_for(topic_id=topic.pk, kind=kind, on=date(2026, 6, 2))
        return sum(len(steps) for _, steps in lists)

    counted = {
        code: (steps(code, "complaint"), steps(code, "request"))
        for code in ("hospitalisation-refused", "medicines-refused", "medicines-question", "charged-for-free-care",
                     "long-wait", "false-entries", "rudeness")
    }  # fmt: skip
    assert counted == {
        "hospitalisation-refused": (7, 4), "medicines-refused": (7, 0), "medicines-question": (7, 0),
        "charged-for-free-care": (8, 5), "long-wait": (7, 4), "false-entries": (7, 4), "rudeness": (3, 0),
    }  # fmt: skip
    for row in (*loaded.checklists.values(), *loaded.checklist_steps.values()):
        assert len({row.name_kk, row.name_ru, row.name_en}) == 3 and all((row.name_kk, row.name_ru, row.name_en))
    assert not any(step.must for step in loaded.checklist_steps.values())


def test_a_list_that_the_installation_wrote_itself_keeps_ours_out(db: None) -> None:
    Checklist.objects.create(code="own", name_ru="Свой", appeal_kind="complaint")
    load_reference()
    assert not Checklist.objects.filter(code="complaint").exists()
    assert Checklist.objects.filter(code="long-wait").exists()


def test_loading_again_adds_nothing_and_makes_no_new_version(loaded: Reference) -> None:
    changes, version = Change.objects.count(), DirectoryVersion.objects.get().number
    assert load_reference() == {}
    assert (Change.objects.count(), DirectoryVersion.objects.get().number) == (changes, version)


def test_loading_again_leaves_alone_what_an_administrator_edited_or_ended(loaded: Reference) -> None:
    Region.objects.filter(kato="100000000").update(name_ru="Абайская область")
    Topic.objects.filter(code="other").update(valid_to=date(2026, 1, 1))
    DeadlinePolicy.objects.filter(code="rating").update(term=14)
    WorkingHours.objects.update(closes="18:00")
    Desk.objects.filter(kind="centre").update(name_ru="Центр")
    AnswerTemplate.objects.filter(code="founded").update(text_ru="Иначе")
    load_reference()
    assert Region.objects.get(kato="100000000").name_ru == "Абайская область"
    assert Topic.objects.get(code="other").valid_to == date(2026, 1, 1)
    assert DeadlinePolicy.objects.get(code="rating").term == 14
    assert WorkingHours.objects.count() == 1
    assert Desk.objects.get(kind="centre").name_ru == "Центр"
    assert AnswerTemplate.objects.get(code="founded").text_ru == "Иначе"


def test_a_missing_row_comes_back_into_its_place(loaded: Reference) -> None:
    parent = Topic.objects.get(code="attitude")
    Topic.objects.filter(code="rudeness").delete()
    assert load_reference() == {"topics": 1}
    assert Topic.objects.get(code="rudeness").parent == parent


def test_every_loaded_row_is_in_the_history_without_an_author(loaded: Reference) -> None:
    insurance = len(loaded.status_rules) + len(loaded.insurance_categories)
    insurance += len(loaded.tariff.rates) + len(loaded.tariff.amounts) + len(loaded.warning_terms)
    others = len(loaded.topics) + len(loaded.policies) + len(loaded.templates)
    others += len(loaded.checklists) + len(loaded.checklist_steps)
    others += len(loaded.campaigns) + len(loaded.attachment_reasons)
    assert Change.objects.count() == 20 + 42 + 1 + others + insurance
    assert not Change.objects.exclude(by=None).exists()


def test_the_nearest_region_of_each_main_town_is_its_own(loaded: Reference) -> None:
    for region in loaded.regions.values():
        assert loaded.regions_near((region.latitude, region.longitude), within=1) == [region]


def test_a_place_has_the_nearest_regions_first_and_none_that_are_far(loaded: Reference) -> None:
    near = loaded.regions_near((43.3, 76.95), within=300)  # north of Almaty
    assert [region.kato[:2] for region in near] == ["75", "19", "33"]
    assert loaded.regions_near((55.75, 37.62), within=600) == []  # Moscow
