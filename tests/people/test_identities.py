"""How a chat came to be known to belong to a person."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from qorgau.notices.chats.linking import link, link_by_code
from qorgau.people.models import ChannelIdentity
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Channel
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

OWN, LINKED = 700_000_001, 700_000_002


@pytest.fixture
def from_the_bot() -> Appeal:
    """Registered in one chat, linked to another by its code, and taken one step higher on the site."""
    factories.world()
    first = factories.appeal(channel=Channel.TELEGRAM)
    link(first.applicant_id, OWN, NOON)
    link_by_code(first, LINKED, NOON + timedelta(hours=1))
    return first


def ways(appeal: Appeal) -> dict[str, str]:
    known = ChannelIdentity.objects.filter(applicant_id=appeal.applicant_id)
    return dict(known.values_list("external_id", "came_by"))


def next_after(appeal: Appeal) -> Appeal:
    return factories.appeal(text="Не решено.", same_as_id=appeal.applicant_id, stage_after_id=appeal.pk)


def test_what_comes_along_to_another_appeal_knows_how_it_came(from_the_bot: Appeal) -> None:
    assert ways(from_the_bot) == {str(OWN): "registered", str(LINKED): "code"}
    after = next_after(from_the_bot)
    assert ways(after) == {str(OWN): "carried", str(LINKED): "code"}
    assert ways(next_after(after)) == {str(OWN): "carried", str(LINKED): "code"}


def test_registering_there_counts_more_than_a_code_and_a_code_no_more_than_registering(from_the_bot: Appeal) -> None:
    link(from_the_bot.applicant_id, LINKED, NOON)
    link_by_code(from_the_bot, OWN, NOON)
    assert ways(from_the_bot) == {str(OWN): "registered", str(LINKED): "registered"}


def test_of_chats_known_before_the_moment_tells(from_the_bot: Appeal) -> None:
    after = next_after(from_the_bot)
    from_the_site = factories.appeal(text="С сайта.")
    link_by_code(from_the_site, LINKED, NOON)
    expected = {appeal: ways(appeal) for appeal in (from_the_bot, after, from_the_site)}
    ChannelIdentity.objects.update(came_by="registered")
    with connection.cursor() as cursor:
        cursor.execute(import_module("qorgau.people.migrations.0010_how_a_chat_came").TELL_APART)

    assert {appeal: ways(appeal) for appeal in expected} == expected
