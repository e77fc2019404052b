"""A recorded file, line by line: what is wrong with one line is told and keeps no other line back."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from qorgau.demo.replay import read_line, replay
from qorgau.intake.new_appeal import Person
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.problems import Problem
from tests.factories import World

TEXT = "Терапевт отказался принять."


def line(**said: object) -> str:
    return json.dumps({"text": TEXT} | said, ensure_ascii=False)


def test_a_line_of_every_field_becomes_an_appeal() -> None:
    new = read_line(
        line(
            kind="proposal",
            channel="call",
            language="ru",
            received_at="2026-03-02T10:00:00+05:00",
            applicant={"given_name": "Ержан", "iin": None},
            organisation_id=7,
            event_date="2026-02-27",
            wish="fund",
            anonymous=False,
            topic=None,
        ),
        serial=3,
        source="file.jsonl",
    )

    assert (new.kind, new.channel, new.language, new.wish) == (Kind.PROPOSAL, Channel.CALL, "ru", "fund")
    assert (new.applicant, new.organisation_id, new.topic) == (Person(given_name="Ержан"), 7, "")
    assert (str(new.event_date), new.received_at.isoformat()) == ("2026-02-27", "2026-03-02T10:00:00+05:00")
    assert new.delivery_key == "replay-file.jsonl-3"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('["text"]', "no text"),
        ('{"text": 5}', "no text"),
        (line(texts="x"), "does not have: texts"),
        (line(staged_files=["x"]), "does not have: staged_files"),
        (line(taken_by_id=1), "does not have: taken_by_id"),
        (line(kind="grumble"), "kind is none of application"),
        (line(channel=["portal"]), "channel is none of"),
        (line(language="de"), "language is none of kk, ru, en"),
        (line(wish="nowhere"), "wish is none of clinic, fund"),
        (line(circumstances=7), "circumstances is int and not str"),
        (line(topic={}), "topic is dict and not str"),
        (line(anonymous="yes"), "anonymous is str and not bool"),
        (line(organisation_id="7"), "organisation_id is str and not int"),
        (line(organisation_id=10**30), "organisation_id is too large"),
        (line(applicant="Ержан"), "applicant is str and not dict"),
        (line(applicant={"name": "Ержан"}), "applicant has no field name"),
        (line(patient={"iin": 900101300106}), "patient.iin is int and not str"),
        (line(event_date=20260227), "event_date is int and not str"),
        (line(received_at="yesterday"), "Invalid isoformat string"),
        (line(received_at="1950-01-01T10:00:00"), "not in the years 2015 to 2034"),
        (line(delivery_key="k" * 81), "more than 80 characters"),
        (line() + "\udcff", "not text in UTF-8"),
    ],
)
def test_a_line_that_is_no_appeal_is_refused_with_the_reason(wrong: str, says: str) -> None:
    with pytest.raises(Problem, match=says):
        read_line(wrong, serial=1, source="file")


def test_wrong_lines_are_counted_and_the_others_registered(world: World) -> None:
    lines = [line(), "{", "", line(text=" "), line(topic="no\u0000ne\u202e", region="999"), line(language="xx")]
    done = replay(lines, source="mixed")

    assert (done["registered"], done["refused"]) == (2, 3)
    assert Appeal.objects.count() == 2
    assert done["refused: Write what happened: one sentence is enough."] == 1


def test_the_command_sums_up_and_makes_nothing_twice(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file.jsonl"
    file.write_bytes(f"{line()}\n".encode() + f"{line(text='Отказали')}\n".encode("cp1251"))

    call_command("replay", file)
    first = capsys.readouterr().out
    call_command("replay", file)

    assert "registered: 1\n" in first and "refused: The line is not text in UTF-8.: 1\n" in first
    assert "delivered before: 1\n" in capsys.readouterr().out
