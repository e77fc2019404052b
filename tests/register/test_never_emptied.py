"""Tables whose rows can't be deleted can't be emptied at once either."""

import pytest
from django.db import IntegrityError, connection, transaction

pytestmark = pytest.mark.django_db

# Bits of pg_trigger.tgtype: https://www.postgresql.org/docs/current/catalog-pg-trigger.html
_OF_ROWS, _ON_DELETE = 1, 8
_GUARDED = """
SELECT tgrelid::regclass::text FROM pg_trigger
WHERE NOT tgisinternal AND tgtype & %s = %s AND tgrelid::regclass::text NOT LIKE 'procrastinate%%'
ORDER BY 1
"""


def guarded() -> list[str]:
    """Tables that ask a trigger before one of their rows is deleted."""
    with connection.cursor() as cursor:
        cursor.execute(_GUARDED, [_OF_ROWS | _ON_DELETE] * 2)
        return [table for (table,) in cursor.fetchall()]


def test_what_only_grows_is_not_emptied() -> None:
    assert guarded() == [
        "insured_lookup", "insured_temporarystatus", "people_consenttext", "people_signinevent", "people_staffchange",
        "register_appeal", "register_journalline", "register_opening", "workplace_export",
    ]  # fmt: skip
    for table in guarded():
        with pytest.raises(IntegrityError, match="is never emptied"), transaction.atomic():
            connection.cursor().execute(f"TRUNCATE {table} CASCADE")


def test_nor_is_it_by_way_of_what_it_belongs_to() -> None:
    for table in ("people_staff", "directory_desk", "people_applicant"):
        with pytest.raises(IntegrityError, match="is never emptied"), transaction.atomic():
            connection.cursor().execute(f"TRUNCATE {table} CASCADE")
