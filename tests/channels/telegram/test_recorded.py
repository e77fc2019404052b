"""Objects that were recorded at Telegram's own server, where they lie at hand (RECORDED_PAYLOADS names the folder)."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from qorgau.lib.telegram.came import FromGroup, LocationShared, Other, Sent, Text
from qorgau.lib.telegram.wire import read

_FILE = Path(os.environ.get("RECORDED_PAYLOADS", "../shared/data/payloads")) / "telegram_bot_api_objects.jsonl"
EXPECTED = {
    "message": Text,
    "message_with_reply_markup": Text,
    "message_with_dice": Other,
    "message_group": Text,
    "Message_Audio": Sent,
    "Message_Sticker": FromGroup,
    "Message_Sticker_without_thumbnail": FromGroup,
    "Message_Document": Sent,
    "Message_Photo": Sent,
    "Message_Video": Sent,
    "Message_Location": LocationShared,
    "poll_1": Other,
}


def recorded() -> dict[str, Any]:
    if not _FILE.exists():
        pytest.skip("no recorded objects here")
    return {one["case"]: one["payload"] for one in map(json.loads, _FILE.read_text().splitlines())}


@pytest.mark.parametrize("case", EXPECTED)
def test_a_recorded_message_is_understood(case: str) -> None:
    came = read({"update_id": 1, "message": recorded()[case]}, bot="4242")
    assert type(came) is EXPECTED[case]


def test_a_recorded_update_is_understood() -> None:
    assert read(recorded()["update"], bot="4242") is not None


def test_that_somebody_left_a_group_is_nothing_to_answer() -> None:
    update = {"update_id": 1, "my_chat_member": recorded()["test_chat_member_updated"]}
    assert read(update, bot="4242") is None
