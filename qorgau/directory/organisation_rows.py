"""One row of a list of organisations: what it says, or why it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b

from qorgau.directory.models import Organisation, Region
from qorgau.directory.region_names import key_of
from qorgau.lib.clean_text import clean_line
from qorgau.lib.folding import fold
from qorgau.rules.identity import check_bin
from qorgau.rules.ladder import Ownership
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

RegionKey = tuple[str, ...]

_OWNERSHIP = {
    Ownership.STATE: ("state", "public", "государственная", "гос", "коммунальная", "мемлекеттік", "коммуналдық"),
    Ownership.PRIVATE: ("private", "частная", "жеке", "жекеменшік", "жеке меншік"),
    Ownership.UNKNOWN: ("unknown", "неизвестно", "не известно", "белгісіз"),
}
_OWNERSHIP_OF = {fold(word): ownership for ownership, words in _OWNERSHIP.items() for word in words}
_DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S")
_LONGEST = {"name_kk": 400, "name_ru": 400, "name_en": 400, "kind": 60, "district": 120, "address": 300}
_LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """What a row says of an organisation. A field that the row leaves empty is not in `fields`: it erases nothing."""

    key: str
    region: Region
    fields: dict[str, object] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()

    def apply_to(self, organisation: Organisation) -> None:
        """Say it of an organisation: what the row tells is set, its other names are added to those there are."""
        organisation.region = self.region
        for name, value in self.fields.items():
            setattr(organisation, name, value)
        organisation.name_ru = organisation.name_ru or organisation.name_kk or organisation.name_en
        names = {fold(name) for name in organisation.names}
        organisation.aliases = [*organisation.aliases, *(alias for alias in self.aliases if fold(alias) not in names)]


def read_row(cells: Mapping[str, str], regions: Mapping[RegionKey, Region]) -> OrganisationRow:
    """What the cells say, under our names of columns. Raises Problem, with the column as its field."""
    told = {column: clean_line(cell) for column, cell in cells.items()}
    names = _names(told)
    region = _region(told.get("region", ""), regions)
    fields: dict[str, object] = {**names, **_texts(told)}
    if told.get("bin"):
        fields["bin"] = _bin(told["bin"])
    if told.get("ownership"):
        fields["ownership"] = _ownership(told["ownership"]).value
    fields |= _days(told)
    return OrganisationRow(
        key=_key(told, names.get("name_ru") or next(iter(names.values())), region),
        region=region,
        fields=fields,
        aliases=tuple(alias for part in told.get("aliases", "").split("|") if (alias := part.strip())),
    )


def _names(told: Mapping[str, str]) -> dict[str, str]:
    names = {column: told[column] for column in ("name_kk", "name_ru", "name_en") if told.get(column)}
    if not names:
        raise Problem(Sentence(N_("The name is empty.")), "name_ru")
    for column, name in names.items():
        _no_longer(column, name)
    return names


def _texts(told: Mapping[str, str]) -> dict[str, str]:
    texts = {column: told[column] for column in ("kind", "district", "address") if told.get(column)}
    for column, text in texts.items():
        _no_longer(column, text)
    return texts


def _no_longer(column: str, text: str) -> None:
    if len(text) > _LONGEST[column]:
        raise Problem(
            Sentence(
                N_("The column “{column}” holds {length} characters; the most it may hold is {limit}."),
                {"column": column, "length": len(text), "limit": _LONGEST[column]},
            ),
            column,
        )


def _region(said: str, regions: Mapping[RegionKey, Region]) -> Region:
    if not said:
        raise Problem(Sentence(N_("The region is empty.")), "region")
    region = regions.get(key_of(said))
    if region is None:
        raise Problem(Sentence(N_("There is no region “{region}”."), {"region": said[:60]}), "region")
    return region


def _bin(said: str) -> str:
    check = check_bin(said)
    if not check.valid or check.value is None:
        raise Problem(Sentence(N_("BIN {bin}: {problem}"), {"bin": said[:30], "problem": check.problem or ""}), "bin")
    return check.value


def _ownership(said: str) -> Ownership:
    words = fold(said)
    found = _OWNERSHIP_OF.get(words) or _OWNERSHIP_OF.get(words.removesuffix(" собственность"))
    if found is None:
        raise Problem(
            Sentence(
                N_("The ownership “{said}” is neither state nor private; leave it empty if it is not known."),
                {"said": said[:60]},
            ),
            "ownership",
        )
    return found


def _days(told: Mapping[str, str]) -> dict[str, date]:
    days = {
        field: _day(told[column], column)
        for column, field in (("active_from", "valid_from"), ("active_to", "valid_to"))
        if told.get(column)
    }
    if len(days) == 2 and days["valid_to"] < days["valid_from"]:
        raise Problem(Sentence(N_("It ends before it begins.")), "active_to")
    return days


def _day(said: str, column: str) -> date:
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(said, form).date()
        except ValueError:
            continue
    raise Problem(
        Sentence(N_("“{said}” is not a date; write it like 2026-03-21 or 21.03.2026."), {"said": said[:30]}), column
    )


def _key(told: Mapping[str, str], name: str, region: Region) -> str:
    """The key of the source, named after the source; without such a column, a digest of the name and the region."""
    if "key" not in told:
        return f"name:{region.kato}:{blake2b(fold(name).encode(), digest_size=12).hexdigest()}"
    if not told["key"]:
        raise Problem(Sentence(N_("The key is empty.")), "key")
    key = ":".join(part for part in (told.get("source", ""), told["key"]) if part)
    if len(key) > _LONGEST_KEY:
        raise Problem(Sentence(N_("The key is longer than {limit} characters."), {"limit": _LONGEST_KEY}), "key")
    return key
