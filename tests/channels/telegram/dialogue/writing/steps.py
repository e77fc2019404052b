"""A conversation brought to where a test needs it."""

from qorgau.channels.telegram import wanted
from qorgau.channels.telegram.fetching import refuse, take
from qorgau.rules.sentences import Sentence
from tests.channels.telegram.dialogue.writing.words import EN, Words
from tests.channels.telegram.phone import Phone

TEXT = "Терапевт қабылдаудан бас тартты."
JPEG_ID, VOICE_ID = "photo-1", "voice-1"


def at_the_text(phone: Phone, words: Words = EN) -> Phone:
    """A complaint whose text is asked for."""
    phone.writes("/appeal").presses(words.complain).presses(words.astana)
    return phone.presses(words.skip).presses(words.skip)


def to_check(phone: Phone, words: Words = EN) -> Phone:
    """From the text to the page to check, with nothing more said."""
    phone.presses(words.go_on).presses(words.me).presses(words.skip)
    return phone.presses(words.nameless).presses(words.skip)


def complaint(phone: Phone, words: Words = EN) -> Phone:
    """A complaint with a name, up to the page to check."""
    at_the_text(phone, words).writes(TEXT).presses(words.go_on).presses(words.me).presses(words.skip)
    return phone.writes("Оспанов Ержан Серікұлы").writes("8 701 000 00 67")


def photo(file_id: str = JPEG_ID, **more: object) -> dict[str, object]:
    return {"photo": [{"file_id": file_id, "file_unique_id": file_id, "width": 9, "height": 9}], **more}


def voice(file_id: str = VOICE_ID, size: int = 4_000) -> dict[str, object]:
    return {"voice": {"file_id": file_id, "file_unique_id": file_id, "duration": 3, "file_size": size}}


def document(name: str, size: int, file_id: str = "document-1") -> dict[str, object]:
    sent = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": size}
    return {"document": sent}


def files_come(phone: Phone, content: bytes, folder: object) -> Phone:
    """Telegram gives every file that is wanted, each with these bytes."""
    for claimed in wanted.claim(phone.now, 10):
        path = folder / f"{claimed.id}"  # type: ignore[operator]
        path.write_bytes(content)
        take(claimed, path, phone.now)
    phone.said = phone.reads() or phone.said
    return phone


def files_do_not_come(phone: Phone, why: Sentence) -> Phone:
    for claimed in wanted.claim(phone.now, 10):
        refuse(claimed, why, phone.now)
    phone.said = phone.reads()
    return phone
