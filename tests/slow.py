"""Tests that take seconds each: `make check` leaves them to `make test`."""

from pathlib import Path

HERE = Path(__file__).resolve().parent

FILES = (
    "channels/portal/tracking/test_actions.py",
    "directory/test_administration.py",
    "directory/test_loading.py",
    "directory/test_organisation_import.py",
    "handling/test_verbs.py",
    "journeys/test_replay.py",
    "lib/test_embedded_postgres.py",
    "notices/test_deliver.py",
    "people/test_administration.py",
    "people/test_guessing.py",
    "people/test_lock_out.py",
    "people/test_second_factor.py",
    "people/test_sign_in.py",
    "workplace/test_queue.py",
    "workplace/test_scope.py",
    "workplace/test_scope_of_lists.py",
    "workplace/test_verbs.py",
)


def is_slow(test: Path) -> bool:
    return test.is_relative_to(HERE) and str(test.relative_to(HERE)) in FILES
