from qorgau.register.models.answer import Answer
from qorgau.register.models.appeal import Appeal
from qorgau.register.models.attachment import Attachment
from qorgau.register.models.calendar_followed import CalendarFollowed
from qorgau.register.models.clinic_choice import ClinicChoice
from qorgau.register.models.clock import Clock
from qorgau.register.models.custody import Custody, Handover, Participation
from qorgau.register.models.details import AppealLabel, FieldValue
from qorgau.register.models.extension import ExtensionProposal
from qorgau.register.models.information_request import InformationRequest
from qorgau.register.models.journal_line import JournalLine
from qorgau.register.models.link import Link
from qorgau.register.models.message import Message
from qorgau.register.models.opening import Opening
from qorgau.register.models.rating import Rating
from qorgau.register.models.sensitive import Concerned, NamedReader
from qorgau.register.models.spent_word import SpentWord
from qorgau.register.models.step_done import StepDone
from qorgau.register.models.withdrawal import Withdrawal
from qorgau.register.models.words import AppealWords, KnownWord, WordsGathered

__all__ = [
    "Answer",
    "Appeal",
    "AppealLabel",
    "AppealWords",
    "Attachment",
    "CalendarFollowed",
    "ClinicChoice",
    "Clock",
    "Concerned",
    "Custody",
    "ExtensionProposal",
    "FieldValue",
    "Handover",
    "InformationRequest",
    "JournalLine",
    "KnownWord",
    "Link",
    "Message",
    "NamedReader",
    "Opening",
    "Participation",
    "Rating",
    "SpentWord",
    "StepDone",
    "Withdrawal",
    "WordsGathered",
]
