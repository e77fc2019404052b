"""A register with appeals in it goes through its migrations."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F

from qorgau.register.custody import bring_in
from qorgau.register.models import Appeal, Participation
from tests import factories
from tests.factories import World

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(*targets: tuple[str, str]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets) or executor.loader.graph.leaf_nodes())


@pytest.fixture
def before_it_was_known_what_is_open(world: World) -> Iterator[dict[int, tuple[bool, bool]]]:
    """An open appeal and one that is over, with a desk of their region and one of another; what is known of each."""
    for state in ("in_work", "closed"):
        appeal = factories.appeal(wish="fund", region=world.almaty.kato)
        with transaction.atomic():
            bring_in(appeal, world.branch)
        Appeal.objects.filter(pk=appeal.pk).update(state=state, version=F("version") + 1)
    known = {part.pk: (part.is_open, part.elsewhere) for part in Participation.objects.all()}
    assert sorted(known.values()) == [(False, False), (False, True), (True, False), (True, True)]
    migrate(("register", "0019_offers_taken_back"))
    try:
        yield known
    finally:
        migrate()


def test_what_is_open_or_elsewhere_is_found_of_all_that_there_are(
    before_it_was_known_what_is_open: dict[int, tuple[bool, bool]],
) -> None:
    migrate()
    assert {
        part.pk: (part.is_open, part.elsewhere) for part in Participation.objects.all()
    } == before_it_was_known_what_is_open
