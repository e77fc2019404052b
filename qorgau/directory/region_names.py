"""The many ways people and files name one region."""

from collections.abc import Iterator

from qorgau.directory.models import Region
from qorgau.lib.folding import fold

# Алматы is a city and an oblast, so the word for the kind of place belongs to the name, in whichever form it comes.
_OBLAST, _CITY = "обл", "кала"
_KINDS = {fold(word): _OBLAST for word in ("облысы", "облыс", "область", "области", "обл", "region", "oblast")} | {
    fold(word): _CITY for word in ("қаласы", "қала", "қ", "город", "города", "гор", "г", "city")
}
_KATO_DIGITS = 9


def key_of(text: str) -> tuple[str, ...]:
    """What two spellings of one region have in common: «обл. Абай» and «Абай облысы», 100000000 and 101010000."""
    words = fold(text).split()
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) == _KATO_DIGITS:
        return (words[0][:2],)
    return tuple(sorted(_KINDS.get(word, word) for word in words))


def keys_of(region: Region) -> Iterator[tuple[str, ...]]:
    """The keys under which a region is found."""
    for name in (region.kato, region.iso, region.name_kk, region.name_ru, region.name_en, *region.aliases):
        if name:
            yield key_of(name)
