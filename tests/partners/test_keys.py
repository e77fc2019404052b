"""Keys: made once, found by their hash, dated; and the command that makes them."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import DjangoAssertNumQueries

from qorgau.directory.models import Change
from qorgau.lib.sealed import keyed_digest
from qorgau.partners.keys import forget, partner_with
from qorgau.partners.models import PartnerKey
from tests.partners.ground import MakeKey

DAY = date(2026, 11, 28)


def command(*words: str) -> str:
    out = StringIO()
    call_command("partner_key", *words, stdout=out)
    return out.getvalue()


def test_a_key_is_kept_as_nothing_but_its_keyed_hash(make_key: MakeKey) -> None:
    key = make_key("status")

    row = PartnerKey.objects.get()
    assert bytes(row.digest) == keyed_digest("partner_key", key, size=32)
    assert (row.beginning, len(key)) == (key[:12], 50)
    assert key not in str(vars(row))


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "opens"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (date(2026, 11, 29), None, False),
        (None, date(2026, 11, 27), False),
    ],
)
def test_a_key_opens_from_its_first_day_to_its_last(
    make_key: MakeKey, valid_from: date | None, valid_to: date | None, opens: bool
) -> None:
    key = make_key("status", valid_from=valid_from, valid_to=valid_to)

    assert (partner_with(key, on=DAY) is not None) is opens


def test_a_key_is_looked_up_once_in_two_seconds(
    make_key: MakeKey, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    key = make_key("status")
    with django_assert_num_queries(1):
        assert partner_with(key, on=DAY) == partner_with(key, on=DAY)


def test_the_command_makes_lists_and_revokes(db: None) -> None:
    said = command(
        "create", "bank-1", "--name", "Bank", "--scope", "status", "--scope", "payments", "--purpose", "own_status",
        "--per-minute", "60", "--until", "2027-12-31",
    )  # fmt: skip
    key = re.search(r"qorgau_[\w-]{43}", said)[0]  # type: ignore[index]
    partner = partner_with(key, on=DAY)
    assert partner is not None
    assert (partner.code, partner.purpose, partner.scopes) == ("bank-1", "own_status", {"status", "payments"})
    assert Change.objects.get().by is None
    row = PartnerKey.objects.get()
    assert (row.per_minute, row.per_day, row.valid_to) == (60, 50_000, date(2027, 12, 31))

    line = command("list")
    assert key not in line
    assert re.search(r"bank-1  qorgau_\S+  payments,status  60/min 50000/day  –2027-12-31  never used\n", line)

    assert command("revoke", str(row.pk)) == f"Key {row.pk} of bank-1 is revoked.\n"
    assert command("revoke", str(row.pk)) == f"Key {row.pk} of bank-1 was revoked.\n"
    assert "REVOKED" in command("list")
    forget()
    assert partner_with(key, on=DAY) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "Bank 1", "--name", "Bank", "--scope", "status"), "partner: Small Latin letters and digits"),
        (("create", "b", "--name", "Bank", "--scope", "status", "--per-minute", "0"), "per_minute: "),
        (("create", "b", "--name", "Bank", "--scope", "all"), "invalid choice: 'all'"),
        (("create", "b", "--name", "Bank"), "required: --scope"),
        (("revoke", "999"), "There is no key 999"),
    ],
)
def test_the_command_says_what_is_wrong(db: None, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        command(*words)
    assert PartnerKey.objects.count() == 0
