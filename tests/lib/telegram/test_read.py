"""What comes is read even if a part of it is not as it should be."""

from typing import Any

from qorgau.lib.telegram.came import FileKind, Other, Sent
from qorgau.lib.telegram.wire import read


def message(**what: Any) -> dict[str, Any]:
    person = {"id": 1, "is_bot": False, "first_name": "Person"}
    chat = {"id": 1, "type": "private", "first_name": "Person"}
    return {"update_id": 5, "message": {"message_id": 7, "date": 1_790_000_000, "chat": chat, "from": person, **what}}


def test_a_file_with_an_empty_thumbnail_is_a_file() -> None:
    document = {"file_id": "a", "file_unique_id": "b", "file_name": "c.pdf", "thumbnail": {}}
    came = read(message(document=document, caption="here"), bot="4242")
    assert isinstance(came, Sent)
    assert (came.file.id, came.file.kind, came.text) == ("a", FileKind.DOCUMENT, "here")


def test_a_poll_of_another_version_is_something_else_but_something() -> None:
    came = read(message(poll={"id": "1", "question": "?", "options": [{"text": "a", "voter_count": 0}]}), bot="4242")
    assert isinstance(came, Other)


def test_what_is_no_message_at_all_is_nothing() -> None:
    assert read({"update_id": 5, "message": {"text": "a"}}, bot="4242") is None
    assert read({"update_id": "five"}, bot="4242") is None
