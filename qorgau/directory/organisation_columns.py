"""The columns of a list of organisations, under whatever names they come."""

from collections.abc import Iterable, Mapping

from qorgau.lib.folding import fold

# What we call a column, and what others call it (docs/organisations.md). Letters and punctuation are folded.
_ALSO_CALLED = {
    "source": ["источник", "дереккөз"],
    "key": ["source key", "code", "id", "uid", "код", "код мо", "код организации", "ключ", "номер", "коды", "кілт"],
    "name_kk": [
        "name kz", "name_kaz", "наименование на казахском", "наименование (каз)", "наименование kk", "название kk",
        "название на казахском", "атауы", "атауы қазақша", "қазақша атауы", "ұйымның атауы",
    ],
    "name_ru": [
        "name", "name rus", "full name ru", "full name", "наименование", "название", "организация",
        "полное наименование", "наименование мо", "наименование организации", "медицинская организация",
        "наименование на русском", "наименование (рус)", "наименование ru", "название ru", "название на русском",
        "атауы орысша", "медициналық ұйым",
    ],
    "name_en": ["name eng", "наименование на английском", "название на английском", "ағылшынша атауы"],
    "aliases": [
        "alias", "other names", "short name", "short name ru", "краткое наименование", "сокращенное наименование",
        "другие названия", "другие наименования", "синонимы", "басқа атаулары", "қысқаша атауы",
    ],
    "bin": ["бин", "бсн", "бин организации"],
    "ownership": ["форма собственности", "собственность", "меншік нысаны", "меншік түрі"],
    "kind": ["type", "тип", "вид", "тип организации", "вид организации", "түрі", "ұйым түрі"],
    "region": ["region kato", "kato", "регион", "область", "область город", "като", "облыс", "өңір", "аймақ"],
    "district": ["city", "район", "город", "район город", "населенный пункт", "аудан", "қала", "аудан қала"],
    "address": ["адрес", "юридический адрес", "фактический адрес", "мекенжай", "мекенжайы", "мекен-жайы"],
    "active_from": ["valid from", "дата открытия", "действует с", "дата начала", "ашылған күні", "бастап"],
    "active_to": ["valid to", "дата закрытия", "действует по", "дата окончания", "жабылған күні", "дейін"],
}  # fmt: skip
_OURS = {fold(called): column for column, others in _ALSO_CALLED.items() for called in (column, *others)}


def recognise(columns: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Which of our columns each column of a file is, and those we have no use for."""
    ours = {name: _OURS[fold(name)] for name in columns if fold(name) in _OURS}
    return ours, [name for name in columns if name and name not in ours]


def cells_of(cells: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row under our names; of two columns that mean the same, the first that says anything."""
    told: dict[str, str] = {}
    for name, column in ours.items():
        told[column] = told.get(column) or cells.get(name) or ""
    return told
