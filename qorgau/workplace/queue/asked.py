"""The queue that an address asks for: its filters, and what they mean in the directory."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from qorgau.directory.models import Organisation
from qorgau.directory.reference import Reference, current
from qorgau.people.models import Staff
from qorgau.register.words import AskedWords
from qorgau.workplace.colleagues import colleagues
from qorgau.workplace.organisations import found_organisations
from qorgau.workplace.queue.filters import ME, NOBODY, Filters, read_filters
from qorgau.workplace.queue.tabs import Reader, Tab, reader_of, tabs_of
from qorgau.workplace.queue.view import View


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `notes` say what could not be read; `meant` are the organisations that words mean."""

    view: View
    tabs: list[Tab]
    notes: list[str]
    people: dict[int, str]
    meant: list[Organisation]


def asked_for(query: QueryDict, staff: Staff, reader: Reader | None = None) -> Asked | None:
    """The view of the queue in an address; None for those who have no queue. `reader` spares asking who they are."""
    reader = reader or reader_of(staff)
    if reader is None:
        return None
    reference, tabs = current(), tabs_of(works=reader.works)
    people = colleagues(staff, named=query.getlist("assignee"))
    filters, notes = read_filters(query, tabs=tabs, reference=reference, people=people)
    meant = found_organisations(filters.organisation_words)
    return Asked(view_of(filters, staff, reader, reference, meant), tabs, notes, people, meant)


def view_of(
    filters: Filters, staff: Staff, reader: Reader, reference: Reference, meant: list[Organisation] | None = None
) -> View:
    """The view that filters mean for one reader. `meant` spares a second search for the words in them."""
    if meant is None:
        meant = found_organisations(filters.organisation_words)
    return View(
        words=AskedWords(filters.words) if filters.words else None,
        staff=staff,
        reader=reader,
        filters=filters,
        today=timezone.localdate(),
        topics=_topics_meant(filters.topic, reference),
        regions=tuple(region.pk for kato in filters.region if (region := reference.region_by_kato(kato))),
        organisations=filters.organisation or tuple(organisation.pk for organisation in meant),
        assignees=tuple(reader.staff_id if who == ME else int(who) for who in filters.assignee if who != NOBODY),
    )


def _topics_meant(codes: tuple[str, ...], reference: Reference) -> tuple[int, ...]:
    """Topics; of a group, the topics in it too."""
    chosen = {topic.pk for code in codes if (topic := reference.topic_by_code(code))}
    return tuple(topic.pk for topic in reference.topics.values() if {topic.pk, topic.parent_id} & chosen)
