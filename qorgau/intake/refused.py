"""A file that is not taken, and why."""

from qorgau.rules.sentences import N_, Sentence


class Refused(Exception):
    """`reason` goes on after the name of the file and a colon, so it begins with a small letter."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


DAMAGED = Sentence(N_("the file is damaged and cannot be read. Open it on your device, save it again and add that."))
LOCKED = Sentence(N_("the file is locked with a password. Save it without one and add it again."))
MACROS = Sentence(N_("documents with macros are not taken. Save it as PDF and add that."))
PACKED_TOO_TIGHTLY = Sentence(N_("the file unpacks to far more than a document holds, so it is not safe to open."))
