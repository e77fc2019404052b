"""The words of an organisation's name as search sees them: one word for one meaning, whatever the language.

«ГП 4», «4-я городская поликлиника», «№4 қалалық емхана» and «City polyclinic No 4» all become
`городск поликлиник 4`.
"""

import re
from functools import cache

from qorgau.lib.folding import fold

_PIECES = re.compile(r"\d+|[^\W\d]+")

# One meaning a line, called by its first word. A star stands for any ending; words without one are whole words, since
# «көз» (eye) is no part of Көзыбаев.
_SAME_MEANING = """
    поликлиник* емхан* policlinic* polyclinic*
    больниц* аурухан* госпитал* hospital*
    клиник* clinic*
    клиническ* клиникал* clinical
    городск* қалалық city
    областн* облыстық regional
    районн* аудандық district
    центральн* орталық central
    центр* орталығ* center centre
    детск* балалар* children childrens pediatric
    многопрофильн* көпбейін* көпсалал* multidisciplinary
    диспансер* dispensary
    перинатальн* перинаталд* perinatal
    родильн* перзентхан* босандыр* maternity
    станци* стансас* station
    скор скорой жедел emergency ambulance
    помощ* жәрдем* көмек help care
    медицинск* медициналық medical
    врачебн* дәрігерлік
    врач дәрігер doctor doctors
    амбулатори* амбулаторн* outpatient
    сельск* ауылдық rural
    семейн* отбасылық отбасы family
    здоровь* денсаулық* health
    инфекционн* жұқпалы infectious
    психическ* психикалық mental
    туберкулезн* туберкулезге противотуберкулезн* фтизи*
    онкологическ* онкологиял* oncolog*
    кардиологическ* кардиологиял* cardiolog*
    стоматолог* dental dentist dentistry
    глазн* көз eye
    кожн* тері
    венерологическ* венерологиял*
    женск* әйелдер women
    консультативн* консультаци*
    диагностическ* диагностикал* diagnostic
    научн* ғылыми
    институт* institute
    университет* university
    военн* әскери military
    железнодорожн* теміржол*
    ветеран* ардагер*
    матери мать ана
    ребенка дитя бала
    молодежн* жастар*
    реабилитаци* реабилитационн* оңалту* rehabilitation
    хоспис* hospice
    крови қан
    неотложн* шұғыл
    дом үйі
"""

# What people write for short, and the words it stands for.
_SHORT_FOR = {
    "гп": "городская поликлиника",
    "дгп": "детская городская поликлиника",
    "дп": "детская поликлиника",
    "рп": "районная поликлиника",
    "цп": "центральная поликлиника",
    "қе": "қалалық емхана",
    "гб": "городская больница",
    "гкб": "городская клиническая больница",
    "мгб": "многопрофильная городская больница",
    "цгб": "центральная городская больница",
    "дгб": "детская городская больница",
    "дгкб": "детская городская клиническая больница",
    "гиб": "городская инфекционная больница",
    "гдиб": "городская детская инфекционная больница",
    "об": "областная больница",
    "окб": "областная клиническая больница",
    "моб": "многопрофильная областная больница",
    "одб": "областная детская больница",
    "одкб": "областная детская клиническая больница",
    "рб": "районная больница",
    "аа": "аудандық аурухана",
    "црб": "центральная районная больница",
    "оаа": "орталық аудандық аурухана",
    "цб": "центральная больница",
    "бсмп": "больница скорой медицинской помощи",
    "бснп": "больница скорой неотложной помощи",
    "ссмп": "станция скорой медицинской помощи",
    "гссмп": "городская станция скорой медицинской помощи",
    "осмп": "областная станция скорой медицинской помощи",
    "пц": "перинатальный центр",
    "гпц": "городской перинатальный центр",
    "опц": "областной перинатальный центр",
    "мц": "медицинский центр",
    "кдц": "консультативно диагностический центр",
    "цпз": "центр психического здоровья",
    "кожвендиспансер": "кожно венерологический диспансер",
    "квд": "кожно венерологический диспансер",
    "онкодиспансер": "онкологический диспансер",
    "тубдиспансер": "противотуберкулезный диспансер",
    "роддом": "родильный дом",
    "перзентхана": "родильный дом",
    "горполиклиник": "городская поликлиника",
    "детполиклиник": "детская поликлиника",
    "райполиклиник": "районная поликлиника",
    "горбольниц": "городская больница",
    "облбольниц": "областная больница",
    "райбольниц": "районная больница",
    "медцентр": "медицинский центр",
    "ва": "врачебная амбулатория",
    "сва": "сельская врачебная амбулатория",
    "обл": "областная",
    "гор": "городская",
    "дет": "детская",
    "мед": "медицинский",
    "скорая": "скорой помощь",
    "первая": "1", "вторая": "2", "третья": "3", "четвертая": "4", "пятая": "5",
    "шестая": "6", "седьмая": "7", "восьмая": "8", "девятая": "9", "десятая": "10",
    "бірінші": "1", "екінші": "2", "үшінші": "3", "төртінші": "4", "бесінші": "5",
    "алтыншы": "6", "жетінші": "7", "сегізінші": "8", "тоғызыншы": "9", "оныншы": "10",
}  # fmt: skip

# Forms of ownership, whose department it is, words for "city" and "named after": in half of all names, telling nothing.
_SAYS_NOTHING = """
    гкп кгп гккп ргп пхв гкппхв кгппхв гу шжқ мкк мкқк кмк қмк рмк мм тоо жшс ао ақ нао кеақ ип жк ооо llp jsc ltd
    уз узко узао узажо дсб рк қр no на праве при для по со во об мен және им имени атындағы the of and for named after
    хозяйственн* ведени* государственн* мемлекеттік коммунальн* коммуналдық казенн* қазыналық предприяти* кәсіпорын*
    учрежден* мекемес* шаруашылық жүргізу құқығы* управлени* басқармас* здравоохранени* сақтау акимат* әкімдіг*
    министерств* министрліг* товариществ* ограниченн* ответственность* серіктестіг* жауапкершіліг* шектеулі
    общественн* қоғамдық акционерн* қоғам* некоммерческ* филиал*
    область области облысы облысының облыс город города городе городу қала қаласы қаласының
    район района районе аудан ауданы ауданының республик* қазақстан* казахстан*
"""
_DEPARTMENT = re.compile(r"\b(?:когамдык )?денсаулык сактау баскарма\w*")

# «4-я», «2-ші»: what is left of an ordinal after its number.
_ORDINAL_ENDINGS = frozenset(map(fold, ("я", "ая", "й", "ой", "ый", "го", "ші", "шы", "нші", "ншы", "st", "nd", "th")))

_ENDINGS = sorted(
    map(
        fold,
        (
            "ского", "ской", "ская", "ский", "ское", "ские", "ских", "скому", "ского",
            "ого", "его", "ому", "ему", "ая", "яя", "ый", "ий", "ой", "ое", "ее", "ые", "ие", "ых", "их", "ую", "юю",
            "ами", "ями", "ов", "ев", "ей", "ам", "ям", "ах", "ях", "ом", "ем",
            "ның", "нің", "дың", "дің", "тың", "тің", "сының", "сінің", "ының", "інің", "сы", "сі",
            "а", "я", "ы", "и", "у", "ю", "е", "о", "ь", "й",
        ),
    ),
    key=len,
    reverse=True,
)  # fmt: skip
_SHORTEST_STEM = 4

_LATIN_PAIRS = {
    "shch": "щ", "sch": "ш", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "gh": "г", "ph": "ф", "th": "т", "ck": "к",
    "ts": "ц", "ya": "я", "yu": "ю", "yo": "е", "ye": "е", "qu": "кв", "oo": "у", "ee": "и",
}  # fmt: skip
_LATIN = dict(zip("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстуввкиз", strict=True)) | {"x": "кс"} | _LATIN_PAIRS
_LATIN_SOUND = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))

_QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
_WRONG_KEYBOARD = str.maketrans(_QWERTY + _QWERTY.upper(), _RUSSIAN_KEYS + _RUSSIAN_KEYS)


def words_of(text: str) -> list[str]:
    """The words that tell one organisation from another, each in its one form, in the order of the text."""
    words: list[str] = []
    previous = ""
    for piece in _PIECES.findall(_DEPARTMENT.sub(" ", fold(text))):
        if piece[0].isdecimal():
            words.append(piece.lstrip("0") or "0")
        elif not (previous.isdecimal() and piece in _ORDINAL_ENDINGS):
            words.extend(_meanings(piece))
        previous = piece
    return words


def other_keyboard(text: str) -> str:
    """What was meant when a Russian word was typed with the Latin keys."""
    return text.translate(_WRONG_KEYBOARD)


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """Every way to write a common word, and what it becomes: for words half typed or misspelt."""
    return {fold(word.rstrip("*")): (line[0].rstrip("*"),) for line in _meanings_in_lines() for word in line} | {
        fold(short): tuple(words_of(long)) for short, long in _SHORT_FOR.items()
    }


@cache
def _meanings(piece: str) -> tuple[str, ...]:
    """The words one piece of text stands for: none for a word that says nothing, several for an abbreviation."""
    short_for = _short_for().get(piece) or _short_for().get(_stem(piece))
    if short_for is not None:
        return tuple(words_of(short_for))
    known = _known(piece)
    if known is None:
        word = _stem(_in_cyrillic(piece))
        return (word,) if len(word) > 1 else ()
    return (known,) if known else ()


def _known(piece: str) -> str | None:
    """What a piece means by its whole or its longest known stem; "" says nothing, None is a word we do not know."""
    whole, stems = _dictionary()
    if piece in whole:
        return whole[piece]
    return next((stems[piece[:length]] for length in range(len(piece), 2, -1) if piece[:length] in stems), None)


@cache
def _dictionary() -> tuple[dict[str, str], dict[str, str]]:
    """Whole words and stems with their meaning."""
    whole: dict[str, str] = {}
    stems: dict[str, str] = {}
    for word in _SAYS_NOTHING.split():
        (stems if word.endswith("*") else whole)[fold(word)] = ""
    for line in _meanings_in_lines():
        for word in line:
            (stems if word.endswith("*") else whole)[fold(word)] = line[0].rstrip("*")
    return whole, stems


def _meanings_in_lines() -> list[list[str]]:
    return [line.split() for line in _SAME_MEANING.strip().splitlines()]


@cache
def _short_for() -> dict[str, str]:
    return {fold(short): long for short, long in _SHORT_FOR.items()}


def _stem(word: str) -> str:
    """The word without the endings of Russian and Kazakh cases, so that Астаны and Астана meet."""
    word = word.replace("ь", "").replace("ъ", "")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _in_cyrillic(word: str) -> str:
    """A Latin word by its sound, so that «Olimp» and «Олимп» meet."""
    return _LATIN_SOUND.sub(lambda sound: _LATIN[sound[0]], word) if word.isascii() else word
