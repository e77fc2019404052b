"""Who makes a change: a member of staff, the applicant, the clock, or the door an appeal came through."""

from dataclasses import dataclass

from qorgau.people.models import Staff


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, as the journal keeps it."""

    kind: str
    staff_id: int | None = None

    @classmethod
    def of(cls, staff: Staff) -> "Actor":
        return cls("staff", staff.pk)


APPLICANT = Actor("applicant")
CLOCK = Actor("clock")
DOOR = Actor("door")
