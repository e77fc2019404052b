"""What every door turns a person's words into, and what the person gets back."""

from dataclasses import dataclass, field
from datetime import date, datetime

from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody as they introduced themselves; nothing is required."""

    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    iin: str = ""
    phone: str = ""
    email: str = ""
    postal_address: str = ""

    @property
    def is_unknown(self) -> bool:
        """No author and no address: an anonymous appeal (DOMAIN §4.3)."""
        return not (self.surname or self.given_name or self.iin or self.phone or self.email or self.postal_address)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicChoice:
    """That the appeal asks for attachment to its organisation: the code of the reason, and when the person last changed
    the clinic by free choice, if they said so.
    """

    reason: str
    last_choice: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAppeal:
    """An appeal on its way in. The least there must be is a door and a sentence.

    `delivery_key` names one delivery: the same key with the same content is the same appeal, however often it comes.
    `received_at` is when the door got it. `event_date` may be a date or what the person wrote instead of one.
    `wish` is "clinic" or "fund" when the person said who should look into it first. `choice` is for applications to be
    attached to the organisation. `same_as_id` is an applicant of the register who is the same person: chats that are
    linked to them are linked to this appeal too. `remarks` are what the door noticed about the sending; they join the
    flags that staff see.
    """

    channel: Channel
    text: str
    delivery_key: str
    received_at: datetime
    kind: Kind = Kind.COMPLAINT
    language: str = "kk"
    applicant: Person = field(default_factory=Person)
    patient: Person | None = None
    relation: str = ""
    anonymous: bool = False
    preferred_channel: str = ""
    consents: tuple[tuple[str, str], ...] = ()
    region: str = ""
    organisation_id: int | None = None
    organisation_as_said: str = ""
    topic: str = ""
    event_date: date | str | None = None
    circumstances: str = ""
    desired_outcome: str = ""
    wish: str = ""
    choice: ClinicChoice | None = None
    sensitive: bool = False
    staged_files: tuple[str, ...] = ()
    taken_by_id: int | None = None
    stage_after_id: int | None = None
    answered_by_desk_kind: str = ""
    # One question of an appeal that asked several; the notice of it is left to whoever splits.
    split_from_id: int | None = None
    same_as_id: int | None = None
    remarks: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What is said back to the person: the talon (DOMAIN §4.3, Art. 64)."""

    number: str
    # Empty once a new code was issued: a repeated delivery is not told it.
    access_code: str
    received_at: datetime
    registered_on: date
    due_on: date | None
    holder_id: int
    # The delivery had come before; nothing new was made.
    repeated: bool = False
    # Number of the earlier appeal that this one seems to repeat.
    repeats: str = ""
