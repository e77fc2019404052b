"""The medical organisations of the directory as resources: found, paged through, named in the language asked for."""

from datetime import date
from typing import Any

import pytest

from qorgau.directory.models import Organisation
from qorgau.directory.reference import refresh
from tests import factories
from tests.channels.fhir.conftest import Program


@pytest.fixture
def asking(world: factories.World, program: Any) -> Program:
    """A program that may ask for organisations, of which there are four."""
    made = factories.organisation(world.almaty, name="Қалалық емхана №12")
    made.name_kk = made.name_ru
    made.name_ru, made.name_en, made.bin = "Городская поликлиника №12", "City Clinic No. 12", "990140000205"
    made.aliases, made.district, made.address = ["ГП 12"], "Есіл", "Достық көшесі, 1"
    made.save()
    over = factories.organisation(world.almaty, name="Городская больница №1")
    over.valid_to = date(2020, 1, 1)
    over.save()
    refresh()
    return program("organisations")


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert said["total"] == len(said.get("entry", []))
    return [one["resource"]["name"] for one in said.get("entry", [])]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=калалық", ["City Clinic No. 12"]),
        ("name=город больн", []),
        ("name=больница", ["Городская больница №1"]),
        ("name=иника", []),
        ("name:contains=иника", ["Городская поликлиника №4", "Клиника «Шипа»", "City Clinic No. 12"]),
        ("name:exact=ГП 12", ["City Clinic No. 12"]),
        ("name=Шипа,Больница", ["Клиника «Шипа»", "Городская больница №1"]),
        ("name=Городская&active=true", ["Городская поликлиника №4", "City Clinic No. 12"]),
        ("active=false", ["Городская больница №1"]),
        ("address-state=KZ-71", ["Городская поликлиника №4", "Клиника «Шипа»"]),
        ("address-state=Алматы қаласы&active=true", ["City Clinic No. 12"]),
        ("address-state=Atlantis", []),
        ("identifier=urn:kz:bin|990140000205", ["City Clinic No. 12"]),
        ("identifier=990140000205", ["City Clinic No. 12"]),
        ("identifier=urn:kz:iin|990140000205", []),
        ("identifier=", []),
        ("name=!!!", []),
        ("_id=0", []),
    ],
)
def test_organisations_are_found(asking: Program, query: str, found: list[str]) -> None:
    assert names(asking.get(f"Organization?{query}")) == found


def test_an_organisation_says_what_the_directory_knows(asking: Program) -> None:
    row = Organisation.objects.get(bin="990140000205")
    asking.headers |= {"Accept-Language": "kk"}

    assert asking.get(f"Organization/{row.pk}").json() == {
        "resourceType": "Organization",
        "id": str(row.pk),
        "identifier": [
            {"system": "urn:kz:bin", "value": "990140000205"},
            {"system": "urn:qorgau:organisation", "value": row.source_key},
        ],
        "active": True,
        "type": [
            {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/organization-type",
                        "code": "prov",
                        "display": "Healthcare Provider",
                    }
                ]
            }
        ],
        "name": "Қалалық емхана №12",
        "alias": ["Городская поликлиника №12", "City Clinic No. 12", "ГП 12"],
        "address": [{"text": "Достық көшесі, 1", "district": "Есіл", "state": "Алматы қаласы", "country": "KZ"}],
    }


def test_pages_keep_their_place_while_organisations_are_added(asking: Program, world: factories.World) -> None:
    where, seen, pages = "Organization?_count=3&name:contains=и", [], 0
    while where:
        page = asking.get(where).json()
        seen += [one["resource"]["id"] for one in page["entry"]]
        pages += 1
        if pages == 1:
            factories.organisation(world.astana, name="Новая клиника")
            refresh()
        following = [link["url"] for link in page.get("link", []) if link["relation"] == "next"]
        where = following[0].partition("/fhir/")[2] if following else ""

    kept = Organisation.objects.filter(search_text__contains="и").order_by("pk").values_list("pk", flat=True)
    assert seen == [str(pk) for pk in kept]
    assert pages == 2


def test_a_page_is_never_larger_than_it_may_be(asking: Program) -> None:
    assert len(asking.get("Organization?_count=999999999").json()["entry"]) == 4
    assert asking.get("Organization?_count=0").json() == {"resourceType": "Bundle", "type": "searchset", "total": 4}
    assert asking.get("Organization?_summary=count").json()["total"] == 4


def test_a_search_may_be_a_form_as_well(asking: Program) -> None:
    answer = asking.post("Organization/_search", "name=Шипа", "application/x-www-form-urlencoded")

    assert names(answer) == ["Клиника «Шипа»"]


@pytest.mark.parametrize("query", ["_count=-1", "_count=many", "nmae=x", "_sort=name", "after=x", "name:missing=true"])
def test_what_is_not_understood_is_refused_and_not_left_out(asking: Program, query: str) -> None:
    answer = asking.get(f"Organization?{query}")

    assert (answer.status_code, answer.json()["issue"][0]["code"]) == (400, "invalid")


def test_a_search_asks_the_database_for_nothing(asking: Program, django_assert_num_queries: Any) -> None:
    asking.get("Organization")
    with django_assert_num_queries(0):
        asking.get("Organization?name=Городская")
