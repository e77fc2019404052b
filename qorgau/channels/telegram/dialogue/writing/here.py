"""Whether the files of a draft are here: they wait for a day, and a draft for as long as it takes."""

from dataclasses import replace

from qorgau.channels.telegram.dialogue.writing.draft import Draft, DraftFile
from qorgau.intake.staging import staged


def absent_files(draft: Draft) -> tuple[Draft, tuple[DraftFile, ...]]:
    """The draft as its files stand now, and those that are to be fetched (again): with Telegram they lie on."""
    here = {row.token for row in staged([file.token for file in draft.files if file.token])}
    files = tuple(file if file.token in here else replace(file, token="") for file in draft.files)
    return replace(draft, files=files), tuple(file for file in files if not file.token)
