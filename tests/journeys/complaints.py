"""A complaint as somebody in Astana writes it, in three languages."""

import uuid
from dataclasses import dataclass

from tests.citizen import Citizen
from tests.journeys.own_installation import OwnInstallation
from tests.journeys.visitor import NUMBER, Visitor

ASTANA = "710000000"
FILE = "reception.jpg"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is typed, and what the clinic is called in the language of the page."""

    text: str
    wish: str
    clinic_typed: str
    clinic: str


COMPLAINTS = {
    "kk": Complaint(
        text="Учаскелік дәрігер қабылдаудан бас тартты.\nБаламның қызуы 39 градус еді, «ертең келіңіз» деді.",
        wish="Баланы бүгін қабылдаңыз.",
        clinic_typed="1 емхана",
        clinic="№1 қалалық емхана (Астана)",
    ),
    "ru": Complaint(
        text="Участковый врач отказалась принять.\nУ ребёнка была температура 39, сказали «приходите завтра».",
        wish="Примите ребёнка сегодня.",
        clinic_typed="поликлиника 1",
        clinic="Городская поликлиника №1 (Астана)",
    ),
    "en": Complaint(
        text="The district doctor refused to see us.\nMy child had a fever of 39, they said “come tomorrow”.",
        wish="See the child today.",
        clinic_typed="polyclinic 1",
        clinic="City polyclinic No. 1 (Astana)",
    ),
}


def fill_in(citizen: Visitor, *, telephone: str = "8 701 000 00 67") -> None:
    """Everything but the organisation and the files, which are chosen with or without JavaScript."""
    said = COMPLAINTS[citizen.language]
    citizen.select(topic="care-refused", region=ASTANA)
    citizen.fill(text=said.text, event_date="12.03.2026", desired_outcome=said.wish, circumstances="ОРВИ")
    citizen.fill(surname="Оспанов", given_name="Ержан", patronymic="Серікұлы", phone=telephone)
    citizen.pick("about", "me")
    citizen.pick("language", citizen.language)
    citizen.pick("wish", "fund")


def find_clinic(citizen: Visitor) -> None:
    """Type a part of the clinic's name and choose it among what is found while typing."""
    said = COMPLAINTS[citizen.language]
    citizen.page.locator("#id_organisation").press_sequentially(said.clinic_typed)
    citizen.tick(citizen.page.get_by_role("radio", name=said.clinic, exact=True))


def complain_about_the_clinic(qorgau: OwnInstallation, text: str) -> str:
    """Somebody complains to the Fund's branch about the clinic of the demo, over HTTP; the number of the appeal."""
    ((clinic,),) = qorgau.rows(
        "SELECT d.organisation_id FROM directory_desk d JOIN people_staff s ON s.desk_id = d.id "
        "WHERE s.username = 'clinic-specialist'"
    )
    citizen, form = Citizen(qorgau.port), "/ru/write/complaint/"
    values = {"topic": "care-refused", "text": text, "region": ASTANA, "organisation_id": str(clinic), "wish": "fund"}
    person = {"given_name": "Ержан", "phone": f"+7 701 {uuid.uuid4().int % 10**7:07}"}
    checked = citizen.complain(form, values | person)
    assert citizen.post(form, checked.filled({"step": "send"})).status == 302
    found = NUMBER.search(citizen.get("/ru/receipt/").text)
    assert found
    return found[0]
