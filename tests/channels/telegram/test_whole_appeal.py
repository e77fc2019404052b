"""A whole conversation with the bot over the strict server: files are fetched from it, one appeal comes of all."""

from typing import Any

import pytest

from qorgau.channels.telegram import fetching
from qorgau.channels.telegram.models import WantedFile
from qorgau.intake.staging import stage
from qorgau.register.models import Appeal, Attachment
from tests import factories
from tests.channels.telegram.bot_api.faults import broken
from tests.channels.telegram.bot_api.server import BotApi
from tests.channels.telegram.test_bot import api, running, server, until  # noqa: F401 - its server and its bot
from tests.intake.sample_files import jpeg


def test_an_appeal_with_an_album_and_a_recording_outlives_faults_of_both_sides(
    api: BotApi,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    factories.world()
    faults = iter([ZeroDivisionError])

    def with_a_fault(*arguments: Any, **more: Any) -> Any:
        for fault in faults:
            raise fault
        return stage(*arguments, **more)

    monkeypatch.setattr(fetching, "stage", with_a_fault)
    person = api.person()
    with running(api):
        person.writes("/appeal")
        person.wait_for("Ask a question")
        person.presses("Ask a question")
        person.wait_for("Choose the region")
        person.presses("Skip")
        asked = person.wait_for("Choose what is closest")
        person.presses("Skip")
        person.wait_for("What do you want to know?", after=asked.id)
        api.fails("getFile", broken())
        person.sends_album(jpeg(), jpeg(orientation=6), caption="Whose are these?")
        person.speaks(b"OggS\x00\x02" + b"\x00" * 20 + b"\x01\x13OpusHead" + b"\x00" * 100)
        told = person.wait_for("I keep your recording as a file")
        until(lambda: not WantedFile.objects.exists())
        person.presses_data(told.buttons["Go on ›"], told.id)
        named = person.wait_for("Your name", after=told.id)
        person.presses_data(named.buttons["Skip"], named.id)
        phone = person.wait_for("Telephone", after=named.id)
        person.presses_data(phone.buttons["Skip"], phone.id)
        check = person.wait_for("Please check what you wrote")
        person.presses_data(check.buttons["Send the question"], check.id)
        person.presses_data(check.buttons["Send the question"], check.id)
        person.wait_for("Nothing was sent twice.")

    appeal = Appeal.objects.get()
    assert appeal.text == "Whose are these?"
    assert sorted(Attachment.objects.values_list("media_type", flat=True)) == ["audio/ogg", "image/jpeg", "image/jpeg"]
    assert [seen.name for seen in person.said if seen.document] == [f"{appeal.number}.pdf"]
