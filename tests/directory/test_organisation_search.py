import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from qorgau.directory import organisation_search, reference
from qorgau.directory.models import Organisation
from qorgau.directory.organisation_search import find
from qorgau.directory.snapshot import Reference
from tests.directory.many_organisations import many_organisations

TODAY = date(2026, 6, 2)
REAL_LIST = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "medorgs" / "medical_organisations_kz.csv"


@pytest.fixture(scope="module")
def ten_thousand() -> Reference:
    return many_organisations()


@pytest.fixture
def among_many(ten_thousand: Reference, monkeypatch: pytest.MonkeyPatch) -> Reference:
    monkeypatch.setattr(reference, "current", lambda: ten_thousand)
    return ten_thousand


def found(query: str, snapshot: Reference, **how: object) -> list[Organisation]:
    return [snapshot.organisations[match.organisation_id] for match in find(query, on=TODAY, **how)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ГП 4 астана", "ГКП на ПХВ «Городская поликлиника №4» УЗ (Астана)"),
        ("4 поликлиника Шымкент", "ГКП на ПХВ «Городская поликлиника №4» УЗ (Шымкент)"),
        ("Алматы 12 емхана", "ГКП на ПХВ «Городская поликлиника №12» УЗ (Алматы)"),
        ("паликлиника 7 караганда", "ГКП на ПХВ «Городская поликлиника №7» УЗ (Карагандинская)"),
        ("туркестан №9 қалалық емхана", "ГКП на ПХВ «Городская поликлиника №9» УЗ (Туркестанская)"),
        ("детская поликлиника 3 астана", "ГКП на ПХВ «Городская детская поликлиника №3»"),
        ("астана балалар емханасы 3", "ГКП на ПХВ «Городская детская поликлиника №3»"),
        ("Многопрофильная больница 2 атырау", "ГКП «Многопрофильная городская больница №2» на ПХВ"),
        ("көпбейінді аурухана 2 атырау", "ГКП «Многопрофильная городская больница №2» на ПХВ"),
        ("gjkbrkbybrf 5 fcnfyf", "ГКП на ПХВ «Городская поликлиника №5» УЗ (Астана)"),
        ("poliklinika 5 astana", "ГКП на ПХВ «Городская поликлиника №5» УЗ (Астана)"),
    ],
)
def test_the_one_that_is_meant_comes_first(among_many: Reference, query: str, first: str) -> None:
    assert found(query, among_many)[0].name_ru == first


@pytest.mark.parametrize(
    ("query", "russian"),
    [
        ("црб кордай", "Кордайского"), ("кордайская районная больница", "Кордайского"),
        ("Қордай аурухана", "Кордайского"), ("больница кордой", "Кордайского"),
        ("мугаджарская больница", "Мугалжарского"),
        ("бейнеуская црб", "Бейнеуского"), ("ЦРБ Үржар", "Урджарского"), ("црб уржар", "Урджарского"),
    ],
)  # fmt: skip
def test_a_district_hospital_is_found_by_its_district(among_many: Reference, query: str, russian: str) -> None:
    name = f"КГП на ПХВ «Центральная районная больница {russian} района»"
    matches = found(query, among_many)
    assert len(matches) == 10
    assert {organisation.name_ru for organisation in matches} == {name}


@pytest.mark.parametrize("query", ["авицена", "Авиценна", "авицена клиник", "avicenna", "авиценн"])
def test_a_private_clinic_is_found_with_slips_and_in_latin(among_many: Reference, query: str) -> None:
    assert all("Авиценна" in organisation.name_ru for organisation in found(query, among_many))
    assert found(query, among_many)


def test_what_is_written_out_comes_before_what_is_like_it(among_many: Reference) -> None:
    scores = [match.score for match in find("городская поликлиника №4 астана", on=TODAY)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert scores[1] < 0.9


def test_a_number_is_taken_at_its_word(among_many: Reference) -> None:
    names = [organisation.name_ru for organisation in found("3 городская поликлиника", among_many, limit=60)]
    assert len(names) == 60
    assert all("№3»" in name for name in names)


def test_an_unfinished_number_finds_those_that_begin_so_after_the_one(among_many: Reference) -> None:
    astana = among_many.find_region("Астана")
    assert astana is not None
    names = [organisation.name_ru for organisation in found("ГП 3", among_many, region_id=astana.pk, limit=12)]
    assert names[0] == "ГКП на ПХВ «Городская поликлиника №3» УЗ (Астана)"
    assert "ГКП на ПХВ «Городская поликлиника №35» УЗ (Астана)" in names


@pytest.mark.parametrize("typed", ["пол", "полик", "поликлиник", "емх", "горпол"])
def test_an_unfinished_word_finds_what_it_will_become(among_many: Reference, typed: str) -> None:
    assert all("поликлиника" in organisation.name_ru for organisation in found(typed, among_many))
    assert len(found(typed, among_many)) == 10


def test_a_region_narrows_the_search(among_many: Reference) -> None:
    shymkent = among_many.find_region("Шымкент")
    assert shymkent is not None
    matches = found("поликлиника 4", among_many, region_id=shymkent.pk)
    assert matches[0].name_ru == "ГКП на ПХВ «Городская поликлиника №4» УЗ (Шымкент)"
    assert {organisation.region_id for organisation in matches} == {shymkent.pk}
    assert find("поликлиника 4", region_id=999, on=TODAY) == []


def test_organisations_that_were_ended_are_not_found(among_many: Reference) -> None:
    ended = next(organisation for organisation in among_many.organisations.values() if organisation.valid_to)
    query = ended.name_ru
    then = [match.organisation_id for match in find(query, region_id=ended.region_id, on=date(2019, 1, 1), limit=50)]
    now = [match.organisation_id for match in find(query, region_id=ended.region_id, on=TODAY, limit=50)]
    assert ended.pk in then
    assert ended.pk not in now


@pytest.mark.parametrize("query", ["", "   ", "ТОО", "№", "?!", "фыва ролд", "🙂", "x" * 5000])
def test_what_names_nothing_finds_nothing(among_many: Reference, query: str) -> None:
    assert find(query, on=TODAY) == []


def test_the_limit_is_kept(among_many: Reference) -> None:
    assert len(find("поликлиника", limit=3, on=TODAY)) == 3


def test_a_change_of_the_organisations_is_found(
    among_many: Reference, monkeypatch: pytest.MonkeyPatch, ten_thousand: Reference
) -> None:
    assert find("Бірегейбаев клиникасы", on=TODAY) == [] or found("Бірегейбаев клиникасы", among_many)
    few = many_organisations(20)
    region = few.regions[1]
    few.organisations[1].name_kk, few.organisations[1].aliases = "Бірегейбаев клиникасы", ["Бірегей"]
    monkeypatch.setattr(reference, "current", lambda: few)
    assert [match.organisation_id for match in find("бирегейбаев", region_id=region.pk, on=TODAY)] == [1]
    assert [match.organisation_id for match in find("бірегей", on=TODAY)] == [1]


@pytest.fixture
def real_list(ten_thousand: Reference, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reference]:
    if not REAL_LIST.exists():
        pytest.skip("the list of real organisations is not here")
    made = many_organisations(0)
    by_kato = {region.kato: region for region in made.regions.values()}
    with REAL_LIST.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["region_kato"] in by_kato]
    organisations = {
        number: Organisation(
            pk=number, name_ru=row["name_ru"], region=by_kato[row["region_kato"]], district=row["city"],
            source_key=row["code"],
        )
        for number, row in enumerate(rows, start=1)
    }  # fmt: skip
    snapshot = Reference(**{**vars(made), "organisations": organisations})
    monkeypatch.setattr(reference, "current", lambda: snapshot)
    yield snapshot


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("городская поликлиника 4 астана", "Городская поликлиника № 4"), ("ГП 10 Астана", "Городская поликлиника №10"),
        ("астана 2 қалалық аурухана", "больница №2"), ("црб рыскулова", "ЦРБ им.Т.Рыскулова"),
        ("Каркаралинская больница", "Каркаралинского"), ("балхаш 2 поликлиника", "Поликлиника №2 города Балхаш"),
        ("экибастуз 3 емхана", "Поликлиника № 3 города Экибастуза"), ("sana vita", "Sana Vita"),
        ("сана вита", "Sana Vita"), ("олимп медикус", "Olimp Medicus"), ("инфинити лайф", "INFINITY LIFE"),
        ("кожвендиспансер зко", "кожно-венерологический"),
        ("скорая астана", "станция скорой"), ("жүрек клиника тараз", "Жүрек"), ("журек кардиохирургия", "Жүрек"),
        ("геологская", "Геологская"), ("енбекшиказах црб", "Енбекшиказахская"), ("тайынша", "Тайыншинская"),
        ("темиртау больница", "Темиртау"), ("алматы поликлиника 22", "№22"),
    ],
)  # fmt: skip
def test_real_organisations_are_found_by_what_people_call_them(real_list: Reference, query: str, part: str) -> None:
    matches = found(query, real_list)
    assert matches, query
    assert part in matches[0].name_ru


def test_every_real_organisation_is_found_by_its_own_name(real_list: Reference) -> None:
    missed = []
    for organisation in real_list.organisations.values():
        names = [other.name_ru for other in found(organisation.name_ru, real_list, region_id=organisation.region_id)]
        if organisation.name_ru not in names[:3]:
            missed.append(organisation.name_ru)
    assert missed == []


def test_while_the_index_is_made_anew_others_search_the_old_one(
    among_many: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = find("ГП 4 астана", on=TODAY)
    monkeypatch.setattr(reference, "current", lambda: many_organisations(20))
    with organisation_search._lock:
        assert find("ГП 4 астана", on=TODAY) == before
