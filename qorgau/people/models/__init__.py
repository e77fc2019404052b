from qorgau.people.models.absence import Absence
from qorgau.people.models.applicant import Applicant
from qorgau.people.models.channel_identity import ChannelIdentity
from qorgau.people.models.consent import Consent
from qorgau.people.models.consent_text import ConsentText
from qorgau.people.models.one_time_code import OneTimeCode
from qorgau.people.models.pace import Pace
from qorgau.people.models.sign_in_attempts import FailedAttempts, SpentCode
from qorgau.people.models.sign_in_event import SignInEvent
from qorgau.people.models.staff import Staff
from qorgau.people.models.staff_change import StaffChange
from qorgau.people.models.staff_session import StaffSession

__all__ = [
    "Absence",
    "Applicant",
    "ChannelIdentity",
    "Consent",
    "ConsentText",
    "FailedAttempts",
    "OneTimeCode",
    "Pace",
    "SignInEvent",
    "SpentCode",
    "Staff",
    "StaffChange",
    "StaffSession",
]
