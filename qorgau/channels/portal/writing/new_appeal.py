"""From a filled-in form to the value that every door hands to intake."""

from datetime import datetime
from typing import Any

from qorgau.channels.portal.attachment.application import application_text
from qorgau.channels.portal.forms.appeals import AppealForm
from qorgau.channels.portal.writing.delivery import Delivery
from qorgau.directory.reference import current
from qorgau.intake.new_appeal import NewAppeal, Person
from qorgau.lib.row_ids import row_id
from qorgau.people.asked_consents import consents_given
from qorgau.rules.kinds import Channel


def new_appeal(form: AppealForm, delivery: Delivery, *, now: datetime, page_language: str) -> NewAppeal:
    """The appeal that a valid form says."""
    said = form.cleaned_data
    anonymous = bool(said.get("anonymous"))
    about_another = said.get("about") == "other"
    organisation = current().organisations.get(row_id(said.get("organisation_id", "")) or 0)
    return NewAppeal(
        channel=Channel.PORTAL,
        kind=form.kind,
        text=application_text(said) if form.choice else said["text"],
        delivery_key=f"portal:{delivery.key}",
        received_at=now,
        language=said.get("language") or page_language,
        applicant=_author(said, anonymous=anonymous, about_themselves=not about_another),
        patient=_patient(said) if about_another else None,
        relation=said.get("relation", "") if about_another else "",
        anonymous=anonymous,
        consents=consents_given(said),
        region=said.get("region", ""),
        organisation_id=organisation.pk if organisation else None,
        organisation_as_said="" if organisation else said.get("organisation", ""),
        topic=said.get("topic", "") or form.topic_code,
        event_date=said.get("event_date") or None,
        circumstances=said.get("circumstances", ""),
        desired_outcome=said.get("desired_outcome", ""),
        wish=said.get("wish", ""),
        choice=form.choice,
        staged_files=delivery.files,
        remarks=(*delivery.remarks(now.timestamp()), *form.remarks(files=len(delivery.files))),
    )


def _author(said: dict[str, Any], *, anonymous: bool, about_themselves: bool) -> Person:
    iin = said.get("iin", "") if about_themselves else ""
    if anonymous:  # whoever wants no name written down gets none written down, typed or not
        return Person(iin=iin, phone=said.get("phone", ""), email=said.get("email", ""))
    return Person(
        surname=said.get("surname", ""),
        given_name=said.get("given_name", ""),
        patronymic=said.get("patronymic", ""),
        iin=iin,
        phone=said.get("phone", ""),
        email=said.get("email", ""),
        postal_address=said.get("address", "") if about_themselves else "",
    )


def _patient(said: dict[str, Any]) -> Person:
    return Person(
        surname=said.get("patient_surname", ""),
        given_name=said.get("patient_given_name", ""),
        patronymic=said.get("patient_patronymic", ""),
        iin=said.get("iin", ""),
        postal_address=said.get("address", ""),
    )
