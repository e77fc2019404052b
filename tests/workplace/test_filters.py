"""What an address of the queue means, and what becomes of nonsense in it."""

import pytest
from django.http import QueryDict

from qorgau.directory.reference import current
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.states import State
from qorgau.workplace.queue.filters import Due, Filters, read_filters
from qorgau.workplace.queue.places import Sort
from qorgau.workplace.queue.tabs import Tab
from tests.factories import World


def read(query: str) -> tuple[Filters, list[str]]:
    return read_filters(QueryDict(query), tabs=list(Tab), reference=current(), people=[7])


def test_an_empty_address_is_the_first_view(world: World) -> None:
    assert read("") == (Filters(tab=Tab.MINE), [])


def test_every_filter_is_read(world: World) -> None:
    filters, notes = read(
        f"tab=desk&state=in_work&state=answered&kind=complaint&kind=request&topic=refusal&topic=extortion"
        f"&region={world.astana.kato}&region={world.almaty.kato}&organisation={world.state_clinic.pk}"
        f"&organisation={world.private_clinic.pk}&channel=call&channel=qr&language=kk&language=en"
        "&assignee=me&assignee=nobody&assignee=7&due=3&unread=1&sort=waiting"
    )
    assert notes == []
    assert filters == Filters(
        tab=Tab.DESK,
        state=(State.IN_WORK, State.ANSWERED),
        kind=(Kind.COMPLAINT, Kind.REQUEST),
        topic=("refusal", "extortion"),
        region=(world.astana.kato, world.almaty.kato),
        organisation=(world.state_clinic.pk, world.private_clinic.pk),
        channel=(Channel.CALL, Channel.QR),
        language=("kk", "en"),
        assignee=("me", "nobody", "7"),
        due=Due.THREE_DAYS,
        unread=True,
        sort=Sort.WAITING,
    )


def test_an_address_reads_back_as_itself(world: World) -> None:
    filters, _notes = read(
        "tab=all&state=closed&topic=refusal&topic=extortion&organisation_words=№4 +емхана&assignee=nobody&due=overdue"
        "&unread=1&sort=due"
    )
    assert read(filters.address()[1:]) == (filters, [])


def test_one_value_is_taken_off_and_the_others_stay(world: World) -> None:
    filters, _notes = read("topic=refusal&topic=extortion&due=7")
    assert filters.without("topic", "refusal") == Filters(tab=Tab.MINE, topic=("extortion",), due=Due.WEEK)
    assert filters.without("topic") == Filters(tab=Tab.MINE, due=Due.WEEK)
    assert filters.without("due") == Filters(tab=Tab.MINE, topic=("refusal", "extortion"))


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("tab=nobody", "the view"),
        ("state=asleep", "the state"),
        ("kind=%00", "the kind"),
        ("topic=none-such", "the topic"),
        ("region=000000000", "the region"),
        ("organisation=0", "the organisation"),
        ("organisation=' OR 1=1", "the organisation"),
        ("organisation=99999999999999999999999999", "the organisation"),
        ("organisation=²", "the organisation"),
        ("channel=pigeon", "the channel"),
        ("language=de", "the language"),
        ("assignee=8", "who works on it"),
        ("assignee=everybody", "who works on it"),
        ("unread=yes", "what is unread"),
        ("due=someday", "the due date"),
        ("sort=beauty", "the order"),
        ("after=1", "the page"),
        ("after=1.2.3.4", "the page"),
        ("after=999999999999.1.1", "the page"),
        ("after=1.99999999999999999999999999.1", "the page"),
        ("after=1.1.99999999999999999999", "the page"),
        ("after=-1.1.1", "the page"),
        ("after=a.b.c", "the page"),
    ],
)
def test_what_cannot_be_read_is_left_aside_with_a_note(world: World, query: str, what: str) -> None:
    filters, notes = read(query)
    assert filters == Filters(tab=Tab.MINE)
    assert notes == [f"Left aside, because it could not be read in the address: {what}."]


def test_what_can_be_read_beside_nonsense_stays(world: World) -> None:
    filters, notes = read("state=in_work&state=asleep&state=dreaming&language=kk")
    assert (filters.state, filters.language) == ((State.IN_WORK,), ("kk",))
    assert len(notes) == 1


def test_a_name_that_is_no_filter_is_left_aside_with_a_note(world: World) -> None:
    filters, notes = read("tab=desk&stat=in_work&state=answered")
    assert filters == Filters(tab=Tab.DESK, state=(State.ANSWERED,))
    assert notes == ["Left aside, because no filter in the address is called so: «stat»."]


def test_both_sorts_of_what_was_left_aside_are_one_note(world: World) -> None:
    _filters, notes = read("state=asleep&stat=1")
    assert len(notes) == 1 and "the state." in notes[0] and "«stat»." in notes[0]


def test_of_many_such_names_the_note_says_a_few_cut_and_cleaned(world: World) -> None:
    _filters, notes = read(f"a%00b=1&{'c' * 500}=1&d=1&e=1")
    assert notes == [f"Left aside, because no filter in the address is called so: «ab», «{'c' * 30}», «d» …."]


@pytest.mark.parametrize("query", ["choose=page", "counts=now", "since=1.2", "after="])
def test_how_the_page_is_wanted_is_no_filter_and_no_mistake(world: World, query: str) -> None:
    assert read(query)[1] == []


def test_words_for_an_organisation_are_cut_and_cleaned(world: World) -> None:
    filters, _notes = read("organisation_words=" + "a%00" * 500)
    assert filters.organisation_words == "a" * 200


def test_the_register_is_sorted_by_what_came_last_unless_told_otherwise(world: World) -> None:
    assert read("tab=all")[0].sort == Sort.NEWEST
    assert read("tab=all&sort=due")[0].sort == Sort.DUE
    assert read("tab=desk")[0].sort == Sort.DUE
