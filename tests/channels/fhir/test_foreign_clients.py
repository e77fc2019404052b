"""What we answer is understood by models and clients of FHIR that others wrote, over a real connection."""

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from fhir.resources import bundle as r5_bundle
from fhir.resources import capabilitystatement as r5_capability
from fhir.resources import coverage as r5_coverage
from fhir.resources import coverageeligibilityrequest as r5_request
from fhir.resources import coverageeligibilityresponse as r5_response
from fhir.resources import operationoutcome as r5_outcome
from fhir.resources import organization as r5_organization
from fhir.resources.R4B import bundle as r4_bundle
from fhir.resources.R4B import capabilitystatement as r4_capability
from fhir.resources.R4B import coverage as r4_coverage
from fhir.resources.R4B import coverageeligibilityrequest as r4_request
from fhir.resources.R4B import coverageeligibilityresponse as r4_response
from fhir.resources.R4B import operationoutcome as r4_outcome
from fhir.resources.R4B import organization as r4_organization
from fhirclient.client import FHIRClient
from fhirclient.models.coverage import Coverage
from fhirclient.models.coverageeligibilityrequest import CoverageEligibilityRequest
from fhirclient.models.coverageeligibilityresponse import CoverageEligibilityResponse
from fhirclient.models.organization import Organization
from fhirclient.server import FHIRNotFoundException
from fhirpy import AsyncFHIRClient, SyncFHIRClient
from fhirpy.base.exceptions import OperationOutcome, ResourceNotFound

from qorgau.directory.models import Organisation
from qorgau.directory.reference import refresh
from qorgau.insured.answers import Insured
from qorgau.insured.journal import Purpose
from qorgau.insured.lookup import look_up
from qorgau.insured.models import Serving
from qorgau.insured.sources.remote import Remote
from qorgau.rules.ladder import Ownership
from tests import factories
from tests.channels.fhir.conftest import R4, R5, Program, eligibility_request
from tests.channels.fhir.loopback import served
from tests.partners.ground import AIGUL, AS_OF, DANA, PENSIONER, STRANGER, TIMUR, MakeKey, grant_to_the_day

REQUEST = "CoverageEligibilityRequest"
MODELS: dict[str, dict[str, Any]] = {
    R4: {
        "CoverageEligibilityRequest": r4_request.CoverageEligibilityRequest,
        "CoverageEligibilityResponse": r4_response.CoverageEligibilityResponse,
        "Coverage": r4_coverage.Coverage,
        "Organization": r4_organization.Organization,
        "Bundle": r4_bundle.Bundle,
        "CapabilityStatement": r4_capability.CapabilityStatement,
        "OperationOutcome": r4_outcome.OperationOutcome,
    },
    R5: {
        "CoverageEligibilityRequest": r5_request.CoverageEligibilityRequest,
        "CoverageEligibilityResponse": r5_response.CoverageEligibilityResponse,
        "Coverage": r5_coverage.Coverage,
        "Organization": r5_organization.Organization,
        "Bundle": r5_bundle.Bundle,
        "CapabilityStatement": r5_capability.CapabilityStatement,
        "OperationOutcome": r5_outcome.OperationOutcome,
    },
}


@pytest.fixture
def clinics(register: None) -> list[Organisation]:
    """Five organisations, the last of them with everything that the directory can know of one."""
    region = factories.world().astana
    made = [factories.organisation(region, name=f"Емхана №{number}", ownership=Ownership.STATE) for number in (11, 12)]
    made[-1].bin, made[-1].name_kk, made[-1].aliases = "990140000205", "Он екінші емхана", ["ГП 12"]
    made[-1].district, made[-1].address = "Есіл", "ул. Достык, 1"
    for one in made:
        one.save()
    refresh()
    return list(Organisation.objects.order_by("pk"))


@pytest.fixture
def address(clinics: list[Organisation]) -> Iterator[str]:
    with served() as where:
        yield where


def read(answer: Any, media_type: str) -> Any:
    """The answer, read by the model of its kind. The model refuses whatever its version of FHIR does not have."""
    said = answer.json()
    return MODELS[media_type][said["resourceType"]].model_validate(said)


# --- fhir.resources: every kind of answer in both versions ---


@pytest.mark.parametrize("version", [R4, R5])
def test_every_status_is_a_whole_response(version: str, register: None, make_key: MakeKey) -> None:
    asking = Program(make_key("status", "payments", "record"))
    in_force = {}
    for iin in (AIGUL, DANA, TIMUR, PENSIONER):
        MODELS[version]["CoverageEligibilityRequest"].model_validate(eligibility_request(iin))
        answer = asking.ask(iin, version)
        assert answer["Content-Type"] == version
        in_force[iin] = read(answer, version).insurance[0].inforce

    assert in_force == {AIGUL: True, DANA: True, TIMUR: False, PENSIONER: True}


@pytest.mark.parametrize("version", [R4, R5])
def test_coverages_organisations_bundles_and_refusals_are_whole_too(
    version: str, clinics: list[Organisation], make_key: MakeKey
) -> None:
    asking = Program(make_key("status", "payments", "organisations"))
    asking.headers["Accept"] = version
    form = "application/x-www-form-urlencoded"

    found = read(asking.post("Coverage/_search", f"patient:identifier=urn:kz:iin|{AIGUL}", form), version)
    assert found.entry[0].resource.status == "active"
    assert read(asking.get(f"Coverage/{found.entry[0].resource.id}"), version) == found.entry[0].resource
    nobody = read(asking.post("Coverage/_search", f"patient:identifier=urn:kz:iin|{STRANGER}", form), version)
    assert (nobody.total, nobody.entry) == (0, None)
    assert read(asking.get("Organization"), version).total == len(clinics)
    assert read(asking.get(f"Organization/{clinics[-1].pk}"), version).alias == ["Он екінші емхана", "ГП 12"]
    assert read(asking.get("metadata"), version).fhirVersion == {R4: "4.0.1", R5: "5.0.0"}[version]
    assert read(asking.get("Patient"), version).issue[0].code == "not-supported"


@pytest.mark.parametrize("version", [R4, R5])
def test_an_answer_without_the_register_is_a_whole_one_that_says_so(
    version: str, register: None, make_key: MakeKey
) -> None:
    Serving.objects.all().delete()
    grant_to_the_day(TIMUR, date(2026, 11, 20), date(2026, 12, 20))
    asking = Program(make_key("status", "payments", "record"))
    asking.headers["Accept"] = version

    said = read(asking.ask(TIMUR, version), version)
    (insurance,) = said.insurance
    assert (said.outcome, said.error[0].code.coding[0].code, said.extension) == ("partial", "transient", None)
    assert (insurance.inforce, insurance.benefitPeriod.end) == (True, date(2026, 12, 20))
    marks = {one.url: one.valueBoolean for one in insurance.extension}
    assert marks["urn:qorgau:register-answered"] is False and "urn:qorgau:as-of" not in marks
    form = "application/x-www-form-urlencoded"
    silent = asking.post("Coverage/_search", f"patient:identifier=urn:kz:iin|{AIGUL}", form)
    assert read(silent, version).issue[0].code == "transient"


# --- fhirclient: R4, synchronous ---


def test_fhirclient_asks_reads_and_turns_pages(address: str, clinics: list[Organisation], make_key: MakeKey) -> None:
    client = FHIRClient(settings={"app_id": "tests", "api_base": address})
    server = client.server
    server.session.headers["Authorization"] = f"Bearer {make_key('status', 'organisations')}"
    assert client.prepare() is True
    assert server.capabilityStatement.fhirVersion == "4.0.1"

    created = CoverageEligibilityRequest(eligibility_request(DANA)).create(server)
    response = CoverageEligibilityResponse(created)
    assert (response.insurance[0].inforce, response.insurance[0].benefitPeriod.as_json()) == (
        True,
        {"end": "2026-11-30"},
    )
    assert Coverage.read_from(response.insurance[0].coverage.reference, server).beneficiary.identifier.value == DANA

    pages = list(Organization.where({"_count": "2"}).perform_iter(server))
    assert [len(page.entry or ()) for page in pages] == [2] * (len(clinics) // 2) + [1] * (len(clinics) % 2)
    found = list(Organization.where({"identifier": "urn:kz:bin|990140000205"}).perform_resources_iter(server))
    assert [one.id for one in found] == [str(clinics[-1].pk)]
    assert Organization.read(str(clinics[0].pk), server).name == clinics[0].name_ru
    with pytest.raises(FHIRNotFoundException):
        Organization.read("999999", server)


# --- fhirpy: with and without asyncio, as R5 ---


def test_fhirpy_asks_reads_and_turns_pages(address: str, clinics: list[Organisation], make_key: MakeKey) -> None:
    key = f"Bearer {make_key('status', 'organisations')}"
    client = SyncFHIRClient(address, authorization=key, extra_headers={"Accept": R5})

    response = client.execute(REQUEST, data=eligibility_request(TIMUR))
    assert (response["resourceType"], response["insurance"][0]["inforce"]) == ("CoverageEligibilityResponse", False)
    organisations = client.resources("Organization")
    assert [one.id for one in organisations.limit(2)] == [str(one.pk) for one in clinics]
    assert organisations.search(name="емхана").count() == 2
    assert organisations.search(name="емхана").first()["contact"][0]["address"]["country"] == "KZ"
    with pytest.raises(OperationOutcome) as refused:
        client.resource(REQUEST, **eligibility_request("900101300107")).save()
    assert refused.value.resource["issue"][0]["code"] == "value"


def test_fhirpy_does_so_asynchronously(address: str, clinics: list[Organisation], make_key: MakeKey) -> None:
    key = f"Bearer {make_key('status', 'organisations')}"

    async def asking() -> list[str]:
        client = AsyncFHIRClient(address, authorization=key)
        response = await client.execute(REQUEST, data=eligibility_request(AIGUL))
        assert response["disposition"] == "Сақтандырылған."
        with pytest.raises(ResourceNotFound):
            await client.reference("Organization", "999999").to_resource()
        return [one.id async for one in client.resources("Organization").limit(2)]

    assert asyncio.run(asking()) == [str(one.pk) for one in clinics]


# --- our own client: another Qorgau relies on this register ---


def test_another_installation_knows_everything_that_this_one_knows(
    address: str, make_key: MakeKey, settings: Any
) -> None:
    here = {iin: look_up(iin, purpose=Purpose.CARE, who="tests") for iin in (AIGUL, DANA, PENSIONER)}
    settings.INSURED_URL, settings.INSURED_TOKEN = address, make_key("status", "record", partner="other-register")
    settings.INSURED_SECONDS = 30

    there = Remote()
    for iin, answer in here.items():
        assert isinstance(answer, Insured)
        assert there.ask(iin, purpose=Purpose.OWN_STATUS, who="portal", on=AS_OF) == answer
    assert answer.as_of == AS_OF <= timezone.localdate()
    assert type(there.ask(STRANGER, purpose=Purpose.OWN_STATUS, who="portal", on=AS_OF)).__name__ == "Unknown"
