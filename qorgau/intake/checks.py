"""Looking at what came in. Nothing but an empty or endless text is refused; what looks wrong is kept and flagged."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from qorgau.intake.new_appeal import NewAppeal, Person
from qorgau.lib.clean_text import clean, clean_line
from qorgau.people.contacts import normal_email, normal_phone
from qorgau.rules.identity import check_iin
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

LONGEST_TEXT = 20_000
_LONGEST_LINE = 300
_OLDEST_EVENT = timedelta(days=366 * 120)


@dataclass(frozen=True, slots=True)
class Known:
    """A person after the checks: what can be used, beside what was said."""

    said: Person
    iin: str = ""
    iin_as_said: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """An appeal whose texts are clean, with what was noticed about it."""

    new: NewAppeal
    applicant: Known
    patient: Known | None
    event_date: date | None
    event_date_as_said: str
    flags: tuple[Sentence, ...] = field(default=())


def check(new: NewAppeal) -> Checked:
    """The appeal, cleaned. Raises Problem (field `text`) when it says nothing or is over 20,000 characters."""
    text = clean(new.text)
    if not any(character.isalnum() for character in text):
        raise Problem(Sentence(N_("Write what happened: one sentence is enough.")), "text")
    for name, words in (("text", text), ("circumstances", new.circumstances), ("desired_outcome", new.desired_outcome)):
        if len(words) > LONGEST_TEXT:
            raise Problem(
                Sentence(
                    N_("The text has {length} characters; {limit} fit here. Shorten it or attach the rest as a file."),
                    {"length": len(words), "limit": LONGEST_TEXT},
                ),
                name,
            )
    flags: list[Sentence] = []
    applicant = _know(new.applicant, flags)
    patient = _know(new.patient, flags) if new.patient else None
    event_date, event_date_as_said = _event_date(new, flags)
    cleaned = replace(
        new,
        text=text,
        circumstances=clean(new.circumstances),
        desired_outcome=clean(new.desired_outcome),
        organisation_as_said=clean_line(new.organisation_as_said)[:_LONGEST_LINE],
        relation=clean_line(new.relation)[:60],
        anonymous=new.anonymous or new.applicant.is_unknown,
    )
    if cleaned.anonymous:
        flags.append(
            Sentence(N_("No author is named. By law it is considered only if it reports a crime or a threat."))
        )
    return Checked(cleaned, applicant, patient, event_date, event_date_as_said, tuple(flags))


def _know(person: Person, flags: list[Sentence]) -> Known:
    said = Person(
        surname=clean_line(person.surname)[:100],
        given_name=clean_line(person.given_name)[:100],
        patronymic=clean_line(person.patronymic)[:100],
        iin=clean_line(person.iin)[:60],
        phone=clean_line(person.phone)[:60],
        email=clean_line(person.email)[:254],
        postal_address=clean_line(person.postal_address)[:_LONGEST_LINE],
    )
    iin = ""
    if said.iin:
        checked = check_iin(said.iin)
        if checked.valid and checked.value:
            iin = checked.value
        elif checked.problem:
            flags.append(Sentence(N_("The IIN was kept as it was given: {problem}"), {"problem": checked.problem}))
        flags.extend(checked.warnings)
    phone, email = normal_phone(said.phone), normal_email(said.email)
    if said.phone and not phone:
        flags.append(Sentence(N_("The telephone was kept as it was given; it does not look like a number.")))
    if said.email and not email:
        flags.append(Sentence(N_("The e-mail address does not look right, so nothing can be sent to it.")))
    return Known(said, iin, said.iin if not iin else "", phone, email)


def _event_date(new: NewAppeal, flags: list[Sentence]) -> tuple[date | None, str]:
    said = new.event_date
    if not said:
        return None, ""
    if isinstance(said, str):
        flags.append(Sentence(N_("The date of the event was kept as it was written.")))
        return None, clean_line(said)[:60]
    received_on = new.received_at.date()
    if said > received_on + timedelta(days=1):
        flags.append(Sentence(N_("The date of the event lies in the future.")))
        return None, said.isoformat()
    if said < received_on - _OLDEST_EVENT:
        flags.append(Sentence(N_("The date of the event lies too far in the past.")))
        return None, said.isoformat()
    return said, ""
