"""Words of free text as search keeps them: Kazakh, Russian and English, cut to what their forms have in common.

PostgreSQL knows no Kazakh, and people leave its letters out; so a word is folded first (`folding.py`) and cut
afterwards, by light rules. A Cyrillic word is cut by the rules of both languages, because a text does not say which one
it is in; the two may come to the same.
"""

import re
from functools import lru_cache
from unicodedata import is_normalized, normalize

from qorgau.lib.folding import fold

_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile(r"[а-я]")
# In a word of Cyrillic letters these were typed with the wrong keyboard.
_LOOK_ALIKES = str.maketrans("aeopcxyikmthb", "аеорсхуикмтнв")
_LONGEST_WORD = 40
_SHORTEST_STEM = 3
# A telephone or an identity number is no word: it is looked up as what it is, by those who may.
_LONGEST_NUMBER = 6

_SAYS_NOTHING = frozenset(
    fold(
        "и в во на не с со к ко у о об от до за из по для что как это а но или же бы ли мне меня мой моя мы вы "
        "он она они я его ее их нас вас был была было были есть при так то чтобы "
        "және мен бен пен да де та те бұл сол осы үшін деп деді еді емес ма ме ба бе па пе біз сіз ол олар маған менің "
        "the a an and or of to in on at is are was were be for it i my we our you your they he she that this with as by"
    ).split()
)

_RUSSIAN_ENDINGS = (
    "ывают ывает ывали ывала ывало ывал ыват ывать иями "
    "ыми ими ого его ому ему ами ями иям иях ией ием ала яла ила ыла ела али яли или ыли ели ало яло ило ают яют "
    "ует уют ать ять ить еть ать ает яет "
    "ая яя ое ее ые ие ый ий ой ей ых их ую юю ым им ом ем ам ям ах ях ов ев ия ии ию ою ею "
    "ал ял ил ыл ел ла ло ли ат ят ит ет ут ют ти"
)
_KAZAKH_ENDINGS = (
    "лардың лерді лардан лерден ларға лерге "
    "ларымыз леріміз ларыңыз леріңіз ымыздың іміздің ымыз іміз мыз міз ыңыз іңіз ңыз ңіз "
    "лар лер дар дер тар тер ның нің дың дің тың тің ында інде нда нде ынан інен нан нен дан ден тан тен "
    "ына іне ын ін сына сіне сында сінде сынан сінен сын сін сы сі ым ім м дағы дегі тағы тегі "
    "ға ге қа ке на не ны ні ды ді ты ті да де та те мен бен пен "
    "лық лік дық дік тық тік лығы лігі ған ген қан кен ғанда генде ып іп атын етін йтын йтін йды йді ады еді "
    "май мей бай бей пай пей мады меді мау меу"
)
_ENGLISH_ENDINGS = "ations ation ings ing ments ment ies ied edly ed ers er es ly s"


def _longest_first(endings: str) -> tuple[str, ...]:
    return tuple(sorted({fold(ending) for ending in endings.split()}, key=lambda ending: (-len(ending), ending)))


_RUSSIAN = _longest_first(_RUSSIAN_ENDINGS)
_KAZAKH = _longest_first(_KAZAKH_ENDINGS)
_ENGLISH = _longest_first(_ENGLISH_ENDINGS)


def words_of(text: str) -> list[str]:
    """The words of a text, folded, each once, without those that say nothing and without long numbers."""
    text = text.replace("№", " ")
    if not is_normalized("NFKC", text):
        text = normalize("NFKC", text)
    words = dict.fromkeys(_WORD.findall(text.lower()))
    return list(dict.fromkeys(kept for word in words for kept in _kept(word)))


@lru_cache(maxsize=50_000)
def _kept(word: str) -> tuple[str, ...]:
    """The word as it is sought; nothing for one that says nothing. The same words come again and again."""
    folded = fold(word)[:_LONGEST_WORD].replace("ъ", "")
    if not folded.isascii() and _CYRILLIC.search(folded):
        folded = folded.translate(_LOOK_ALIKES)
    digits = sum(sign.isdecimal() for sign in folded)
    return () if not folded or folded in _SAYS_NOTHING or digits > _LONGEST_NUMBER else (folded,)


@lru_cache(maxsize=50_000)
def stems_of(word: str) -> tuple[str, ...]:
    """What is left of a folded word: one stem, or two where Russian and Kazakh rules cut differently."""
    if any(sign.isdecimal() for sign in word) or len(word) <= _SHORTEST_STEM:
        return (word,)
    if not _CYRILLIC.search(word):
        return (_undoubled(_without_vowels(_cut(word, _ENGLISH, times=1), "aeiy")),)
    return tuple(dict.fromkeys((_russian(word), _kazakh(word))))


def _russian(word: str) -> str:
    if word.endswith(("ся", "сь")) and len(word) > _SHORTEST_STEM + 2:
        word = word[:-2]
    for _ in range(2):
        word = _without_vowels(_cut(word, _RUSSIAN, times=1), "аеиоуыэюяйь")
    # The vowel that comes and goes: «ребёнок» and «ребёнка», «конец» and «конца».
    if word[-2:] in ("ок", "ек", "ец") and len(word) > _SHORTEST_STEM:
        word = word[:-2] + word[-1]
    return word


def _kazakh(word: str) -> str:
    word = _without_vowels(_cut(word, _KAZAKH, times=5), "аеиоуыэюя")
    # The last sound softens before a vowel: «көмек» and «көмегі», «кітап» and «кітабы».
    return word[:-1] + {"г": "к", "б": "п"}.get(word[-1], word[-1])


def _cut(word: str, endings: tuple[str, ...], *, times: int) -> str:
    for _ in range(times):
        ending = next((one for one in endings if word.endswith(one) and len(word) - len(one) >= _SHORTEST_STEM), None)
        if ending is None:
            break
        word = word[: -len(ending)]
    return word


def _without_vowels(word: str, vowels: str) -> str:
    while len(word) > _SHORTEST_STEM and word[-1] in vowels:
        word = word[:-1]
    return word


def _undoubled(word: str) -> str:
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] else word
