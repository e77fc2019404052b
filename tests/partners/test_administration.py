"""Keys in the administration area."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qorgau.directory.models import Change
from qorgau.partners.keys import forget, partner_with
from qorgau.partners.models import PartnerKey
from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from tests import factories
from tests.partners.ground import MakeKey

LIST = "/administration/partners/partnerkey/"


@pytest.fixture
def area(client: Client, world: factories.World, settings: Any, make_key: MakeKey) -> Client:
    """The browser of an administrator."""
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(factories.staff(Role.ADMINISTRATOR, world.centre))
    return client


def form(**changed: Any) -> dict[str, Any]:
    whole = {
        "partner": "city-clinic-4", "name": "City Clinic No. 4", "scopes": ["status", "organisations"],
        "purpose": "care", "per_minute": "600", "per_day": "50000", "valid_from": "", "valid_to": "2027-12-31",
    }  # fmt: skip
    return whole | changed


def test_a_new_key_is_shown_once_and_works(area: Client) -> None:
    shown = area.post(f"{LIST}add/", form())

    assert (shown.status_code, "no-store" in shown["Cache-Control"]) == (200, True)
    key = re.search(r'id="new-key">(qorgau_[\w-]{43})<', shown.content.decode())[1]  # type: ignore[index]
    partner = partner_with(key, on=date(2027, 12, 31))
    assert partner is not None
    assert (partner.code, partner.scopes) == ("city-clinic-4", {"status", "organisations"})
    row = PartnerKey.objects.get()
    assert row.created_by == Staff.objects.get()
    assert key not in area.get(f"{LIST}{row.pk}/change/").content.decode()
    assert key not in str(vars(row))
    line = Change.objects.get()
    assert (line.by, line.model, line.after["scopes"]) == (row.created_by, "partners.partnerkey", row.scopes)
    assert "digest" not in line.after


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"partner": "City Clinic"}, "partner"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"per_minute": "0"}, "per_minute"),
        ({"valid_from": "2028-01-01"}, "valid_to"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(area: Client, changed: dict[str, Any], field: str) -> None:
    answer = area.post(f"{LIST}add/", form(**changed))

    assert list(answer.context["adminform"].form.errors) == [field]
    assert PartnerKey.objects.count() == 0


def test_changing_a_key_is_in_its_history_and_leaves_the_key(area: Client, make_key: MakeKey) -> None:
    key = make_key("status")
    row = PartnerKey.objects.get()
    assert area.post(f"{LIST}{row.pk}/change/", form(per_minute="5", partner="other")).status_code == 302

    row.refresh_from_db()
    assert (row.per_minute, row.partner, row.scopes) == (5, "city-clinic-4", ["status", "organisations"])
    assert partner_with(key, on=date(2026, 11, 28)) is not None
    assert "requests a minute" in area.get(f"{LIST}{row.pk}/history/").content.decode()


def test_revoking_asks_first_and_then_closes_the_key_for_good(area: Client, make_key: MakeKey) -> None:
    key = make_key("status")
    row = PartnerKey.objects.get()
    where = reverse("admin:partners_partnerkey_revoke", args=[row.pk])
    assert "Yes, do it" in area.get(where).content.decode()
    assert partner_with(key, on=timezone.localdate()) is not None

    assert area.post(where).status_code == 302
    forget()
    assert partner_with(key, on=timezone.localdate()) is None
    assert Change.objects.filter(row_id=row.pk).count() == 2
    page = area.get(f"{LIST}{row.pk}/change/").content.decode()
    assert "The key opens nothing any more." in page
    area.post(f"{LIST}{row.pk}/change/", form(per_minute="5"))
    row.refresh_from_db()
    assert row.per_minute == 600
    area.post(where)
    assert Change.objects.filter(row_id=row.pk).count() == 2


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_opens_in_every_language(area: Client, make_key: MakeKey, language: str) -> None:
    make_key("status")
    row = PartnerKey.objects.get()
    Staff.objects.update(language=language)
    for page in ("", "add/", f"{row.pk}/change/", f"{row.pk}/history/", f"{row.pk}/revoke/"):
        assert area.get(LIST + page).status_code == 200, page


def test_only_administrators_come_here(client: Client, world: factories.World) -> None:
    client.force_login(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    assert client.get(LIST, follow=True).status_code == 403
