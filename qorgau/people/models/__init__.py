from qorgau.people.models.applicant import Applicant
from qorgau.people.models.channel_identity import ChannelIdentity
from qorgau.people.models.consent import Consent
from qorgau.people.models.staff import Staff

__all__ = ["Applicant", "ChannelIdentity", "Consent", "Staff"]
