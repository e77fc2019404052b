"""Tests that take seconds each: `make check` leaves them to `make test`."""

from pathlib import Path

HERE = Path(__file__).resolve().parent

FILES = (
    "bench/test_http_load.py",
    "channels/portal/insurance/test_calculator.py",
    "channels/portal/tracking/test_actions.py",
    "directory/test_administration.py",
    "directory/test_loading.py",
    "directory/test_organisation_import.py",
    "handling/test_verbs.py",
    "insured/test_demo.py",
    "insured/test_loading.py",
    "insured/test_population.py",
    "journeys/test_replay.py",
    "lib/test_embedded_postgres.py",
    "notices/test_deliver.py",
    "people/test_administration.py",
    "people/test_guessing.py",
    "people/test_lock_out.py",
    "people/test_second_factor.py",
    "people/test_sign_in.py",
    "workplace/case_file/test_case_file.py",
    "workplace/export/test_export.py",
    "workplace/keyboard/test_neighbours.py",
    "workplace/keyboard/test_palette.py",
    "workplace/supervision/test_supervision.py",
    "workplace/test_bulk.py",
    "workplace/test_card.py",
    "workplace/test_checklists.py",
    "workplace/test_desk_pages.py",
    "workplace/test_details.py",
    "workplace/test_for_you.py",
    "workplace/test_queue.py",
    "workplace/test_saved_views.py",
    "workplace/test_scope.py",
    "workplace/test_scope_of_lists.py",
    "workplace/test_together.py",
    "workplace/test_unread.py",
    "workplace/test_verbs.py",
    "workplace/test_words.py",
)


def is_slow(test: Path) -> bool:
    return test.is_relative_to(HERE) and str(test.relative_to(HERE)) in FILES
