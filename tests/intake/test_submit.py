from datetime import date, datetime, timedelta

import pytest

from qorgau.intake.new_appeal import ClinicChoice, Person
from qorgau.intake.submit import submit
from qorgau.notices.models import Notice
from qorgau.register.access import access_code, opened_by
from qorgau.register.models import Appeal, Clock, Custody, JournalLine, Link
from qorgau.register.models import ClinicChoice as ChosenClinic
from qorgau.rules.kinds import Kind
from qorgau.rules.problems import Problem, SameKeyOtherContent
from qorgau.rules.sentences import Sentence
from tests.factories import ALMATY, NOON, World, attachment, new_appeal


def test_a_complaint_gets_a_number_a_code_a_desk_and_a_due_date(world: World) -> None:
    receipt = submit(new_appeal(organisation_id=world.state_clinic.pk))

    appeal = Appeal.objects.get(number=receipt.number)
    assert appeal.holder == world.clinic_desk
    assert receipt.registered_on == date(2026, 6, 2)
    assert receipt.due_on == appeal.due_on == date(2026, 6, 8)  # the fifth day is a Sunday
    assert opened_by(receipt.number, receipt.access_code) == appeal
    assert Custody.objects.get(appeal=appeal, until=None).desk == world.clinic_desk
    assert list(JournalLine.objects.filter(appeal=appeal).values_list("sequence", "verb")) == [(1, "register")]


def test_the_lawful_clock_runs_beside_the_desks_own(world: World) -> None:
    receipt = submit(new_appeal(organisation_id=world.state_clinic.pk))

    clocks = dict(Clock.objects.filter(appeal__number=receipt.number).values_list("purpose", "due_on"))
    assert clocks == {"support_service": date(2026, 6, 8), "consideration": date(2026, 6, 23)}


def test_a_door_and_a_sentence_are_enough(world: World) -> None:
    receipt = submit(new_appeal(text="Помогите", applicant=Person(), region=""))

    appeal = Appeal.objects.get(number=receipt.number)
    assert appeal.holder == world.contact_centre
    assert appeal.applicant.anonymous
    assert Notice.objects.get(appeal_number=receipt.number).state == "undeliverable"


@pytest.mark.parametrize("text", ["", "   \n ", "…!?", "\u202e\u200b"])
def test_saying_nothing_is_the_one_thing_refused(world: World, text: str) -> None:
    with pytest.raises(Problem) as refused:
        submit(new_appeal(text=text))

    assert refused.value.field == "text"
    assert not Appeal.objects.exists()


def test_twenty_thousand_characters_fit_and_one_more_is_said_kindly(world: World) -> None:
    submit(new_appeal(text="ә" * 20_000))
    with pytest.raises(Problem) as refused:
        submit(new_appeal(text="ә" * 20_001))

    assert str(refused.value).startswith("The text has 20001 characters; 20000 fit here.")


def test_the_same_delivery_twice_is_one_appeal_and_one_receipt(world: World) -> None:
    new = new_appeal()
    first, again = submit(new), submit(new)

    assert (again.number, again.access_code, again.due_on) == (first.number, first.access_code, first.due_on)
    assert again.repeated and not first.repeated
    assert Appeal.objects.count() == Notice.objects.count() == 1


def test_a_delivery_key_with_other_content_is_a_conflict(world: World) -> None:
    submit(new_appeal(delivery_key="k"))
    with pytest.raises(SameKeyOtherContent):
        submit(new_appeal(delivery_key="k", text="Совсем другое"))


def test_what_looks_wrong_is_kept_and_flagged_never_refused(world: World) -> None:
    receipt = submit(
        new_appeal(
            applicant=Person(iin="900101300107", phone="позвоните соседке", email="нет"),
            event_date=(NOON + timedelta(days=40)).date(),
            organisation_as_said="поликлиника у вокзала",
            topic="nonsense",
        )
    )

    appeal = Appeal.objects.get(number=receipt.number)
    assert len(appeal.flags) == 6
    assert appeal.applicant.iin_hash is None and appeal.applicant.iin_sealed is not None
    assert appeal.applicant.phone_as_said == "позвоните соседке"
    assert (appeal.event_date, appeal.event_date_as_said) == (None, "2026-07-12")
    assert appeal.organisation_as_said == "поликлиника у вокзала"


def test_the_same_person_about_the_same_matter_is_linked(world: World) -> None:
    first = submit(new_appeal(organisation_id=world.state_clinic.pk))
    second = submit(
        new_appeal(
            organisation_id=world.state_clinic.pk,
            text="Терапевт отказался принять без объяснения причин!!",
            applicant=Person(phone="8 (701) 000-00-67"),
        )
    )

    link = Link.objects.get()
    assert (link.earlier.number, link.appeal.number, link.type) == (first.number, second.number, "duplicate_of")
    assert second.repeats == first.number


def test_another_person_with_the_same_words_is_not_linked(world: World) -> None:
    submit(new_appeal())
    submit(new_appeal(applicant=Person(surname="Оспанов", given_name="Ержан", phone="+77020000000")))

    assert not Link.objects.exists()


def test_what_comes_after_hours_is_registered_on_the_next_working_day(world: World) -> None:
    receipt = submit(new_appeal(received_at=datetime(2026, 6, 5, 22, 0, tzinfo=ALMATY)))  # Friday

    assert receipt.registered_on == date(2026, 6, 8)


def test_a_sensitive_topic_goes_past_the_clinic(world: World) -> None:
    receipt = submit(new_appeal(organisation_id=world.state_clinic.pk, topic="extortion"))

    appeal = Appeal.objects.get(number=receipt.number)
    assert appeal.sensitive and appeal.holder == world.branch


def test_a_question_goes_to_the_contact_centre(world: World) -> None:
    receipt = submit(new_appeal(kind=Kind.REQUEST, text="Как оплатить взнос?"))

    assert Appeal.objects.get(number=receipt.number).holder == world.contact_centre


def test_numbers_of_a_year_follow_one_another(world: World) -> None:
    numbers = [submit(new_appeal()).number for _ in range(3)]

    serials = [int(number[3:-2]) for number in numbers]
    assert serials == list(range(serials[0], serials[0] + 3))


def test_a_new_code_makes_the_old_one_useless(world: World) -> None:
    receipt = submit(new_appeal())
    Appeal.objects.filter(number=receipt.number).update(code_version=2, version=2)

    assert opened_by(receipt.number, receipt.access_code) is None
    assert opened_by(receipt.number, access_code(receipt.number, 2)) is not None


def test_what_the_door_noticed_is_a_flag_and_no_part_of_the_content(world: World) -> None:
    remark = Sentence("The form was filled in within seconds; it may come from a machine.")
    receipt = submit(new_appeal(delivery_key="same", remarks=(remark,)))
    again = submit(new_appeal(delivery_key="same"))

    assert Appeal.objects.get(number=receipt.number).flags == [remark.to_json()]
    assert again.number == receipt.number and again.repeated


def test_a_topics_own_term_is_for_appeals_of_its_kind_and_takes_the_place_of_the_desks(world: World) -> None:
    attachment()
    purposes = {}
    for kind in (Kind.APPLICATION, Kind.COMPLAINT):
        receipt = submit(new_appeal(organisation_id=world.state_clinic.pk, topic="attachment-change", kind=kind))
        purposes[kind] = set(Clock.objects.filter(appeal__number=receipt.number).values_list("purpose", flat=True))
    assert purposes == {
        Kind.APPLICATION: {"attachment", "consideration"},
        Kind.COMPLAINT: {"support_service", "consideration"},
    }


def test_a_reason_that_the_directory_does_not_have_loses_no_application(world: World) -> None:
    receipt = submit(new_appeal(kind=Kind.APPLICATION, choice=ClinicChoice(reason="no such reason")))

    assert not ChosenClinic.objects.filter(appeal__number=receipt.number).exists()
