"""From a draft to the value that every door hands to intake."""

from datetime import datetime

from qorgau.channels.telegram.dialogue.writing import organisation
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.channels.telegram.dialogue.writing.order import may_be_changed
from qorgau.channels.telegram.dialogue.writing.who import CONSENT, named
from qorgau.directory.reference import current
from qorgau.intake.new_appeal import NewAppeal, Person
from qorgau.lib.typed_dates import read_date
from qorgau.people.asked_consents import consents_given
from qorgau.rules.kinds import Channel

_NO_WISH = "soonest"


def delivery_key(chat: int, draft_id: str) -> str:
    """The key of this conversation in this chat: whatever is delivered twice, one appeal comes of it."""
    return f"telegram:{chat}:{draft_id}"


def new_appeal(draft: Draft, *, chat: int, language: str, now: datetime) -> NewAppeal:
    """The appeal that a draft says. Answers to parts that its kind does not have are left out."""
    concerned = {part.name for part in may_be_changed(draft)} | {"anonymous"}
    if organisation.NAME in concerned:
        concerned |= {"organisation", "organisation_id"}
    said = {name: words for name, words in draft.said.items() if name in concerned}
    about_another = said.get("about") == "other"
    clinic = current().organisations.get(int(said.get("organisation_id", 0)))
    event = said.get("event_date", "")
    wish = said.get("wish", "")
    return NewAppeal(
        channel=Channel.TELEGRAM,
        kind=draft.as_kind,
        text=draft.text,
        delivery_key=delivery_key(chat, draft.id),
        received_at=now,
        language=said.get("language") or language,
        applicant=_author(said, about_themselves=not about_another),
        patient=_patient(said) if about_another else None,
        relation=said.get("relation", ""),
        anonymous=bool(said.get("anonymous")),
        consents=consents_given({CONSENT: said.get(CONSENT) == "yes"}),
        region=said.get("region", ""),
        organisation_id=clinic.pk if clinic else None,
        organisation_as_said="" if clinic else said.get("organisation", ""),
        topic=said.get("topic", ""),
        event_date=read_date(event) or event or None,
        circumstances=said.get("circumstances", ""),
        desired_outcome=said.get("desired_outcome", ""),
        wish="" if wish == _NO_WISH else wish,
        staged_files=tuple(file.token for file in draft.files if file.token),
    )


def _author(said: dict[str, str], *, about_themselves: bool) -> Person:
    name = named("" if said.get("anonymous") else said.get("name", ""))
    return Person(
        surname=name.surname,
        given_name=name.given_name,
        patronymic=name.patronymic,
        iin=said.get("iin", "") if about_themselves else "",
        phone=said.get("phone", ""),
        email=said.get("email", ""),
    )


def _patient(said: dict[str, str]) -> Person:
    name = named(said.get("patient", ""))
    return Person(surname=name.surname, given_name=name.given_name, patronymic=name.patronymic, iin=said.get("iin", ""))
