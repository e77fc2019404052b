"""What people say who write to the Fund, each in their own way; it depends on their number alone."""

import time
from collections.abc import Callable

from django.utils.translation import gettext, override

from qorgau.channels.telegram.dialogue import language, linking, status
from qorgau.channels.telegram.dialogue.buttons import MAIN_MENU
from qorgau.channels.telegram.dialogue.writing import organisation, region, topic, who
from qorgau.channels.telegram.dialogue.writing import words as text
from qorgau.register.access import access_code
from tests.channels.telegram.bot_api.people import Person
from tests.channels.telegram.chaos import afterwards
from tests.channels.telegram.chaos.conversation import Conversation, Ending
from tests.channels.telegram.chaos.desks import Desks
from tests.channels.telegram.dialogue.writing.words import ALL
from tests.insured.files import AIGUL

_LONGEST_MESSAGE = 4096


def conversation(number: int, person: Person, desks: Desks, ending: Ending) -> Conversation:
    """The one of this number. Twenty in a row take every way there is, and 56 take every way with every kind."""
    kinds, ways = list(_OPENINGS), list(_WAYS)
    step, turn = divmod(number, len(kinds))
    return Conversation(number, person, desks, kinds[turn], ways[(5 * step + turn) % len(ways)], ending)


def talk(one: Conversation) -> None:
    """All of it, from the first word to its ending."""
    words = one.words
    one.does("starts", one.person.starts, language._QUESTION)
    one.presses(language.NAMES[words.code], words.begin)
    _OPENINGS[one.kind](one)
    _WAYS[one.way](one)
    _says_who(one)
    _sends(one)
    if one.earlier:
        afterwards.is_answered(one, one.earlier)
    if one.ending is Ending.RATING:
        afterwards.is_asked_and_answered(one)
    elif one.ending is Ending.SMS:
        afterwards.is_gone(one)


# --- From the menu to the text ---------------------------------------------------------------------------------------


def _complaint(one: Conversation) -> None:
    words = one.words
    with override(words.code):
        as_typed = gettext("Keep it as I wrote it")
    one.presses(words.begin, words.complain)
    one.presses(words.complain, one.title(region.PART))
    one.presses(words.astana, one.title(organisation.PART))
    one.writes("4 емхана", as_typed)
    one.presses("1", one.title(topic.PART))
    one.presses("2", one.title(text.PART))


def _request(one: Conversation) -> None:
    words = one.words
    one.presses(words.begin, words.ask)
    one.presses(words.ask, one.title(region.PART))
    one.presses(words.skip, one.title(topic.PART))
    one.presses(words.skip, one.title(text.PART))


def _proposal(one: Conversation) -> None:
    words = one.words
    one.presses(words.begin, words.propose)
    one.presses(words.propose, one.title(region.PART))
    one.presses(words.astana, one.title(text.PART))


def _response(one: Conversation) -> None:
    words = one.words
    one.presses(words.begin, words.thank)
    one.presses(words.thank, one.title(region.PART))
    one.presses(words.skip, one.title(organisation.PART))
    one.presses(words.skip, one.title(text.PART))


_OPENINGS = {"complaint": _complaint, "request": _request, "proposal": _proposal, "response": _response}

_ANEW = "Throw it away and begin anew"
_BEFORE_THE_WORDS = {
    "complaint": topic.PART,
    "request": topic.PART,
    "proposal": region.PART,
    "response": organisation.PART,
}

# --- Ways to say it --------------------------------------------------------------------------------------------------


def _plainly(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)


def _with_an_album(one: Conversation) -> None:
    pictures = [one.picture() for _ in range(3)]
    one.gives("an album", lambda: one.person.sends_album(*pictures, caption=one.marker), 3)


def _with_a_document_and_a_photo(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)
    note = f"Записка {one.number}.".encode()
    one.gives("a document", lambda: one.person.sends_file("записка.txt", note, "text/plain"), 1)
    picture = one.picture()
    one.gives("a photo", lambda: one.person.sends_photo(picture), 1)


def _with_a_file_too_large(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)
    scan = one.picture()
    one.gives("21 MB", lambda: one.person.sends_file("scan.jpg", scan, "image/jpeg", size=900_000_000), 0)


def _going_back(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)
    one.presses(one.words.back, one.title(_BEFORE_THE_WORDS[one.kind]))
    if one.kind == "complaint":
        one.presses("1", one.title(text.PART))
    else:
        one.presses(one.words.skip, one.title(text.PART))


def _changing_their_words(one: Conversation) -> None:
    message = {}
    one.does("writes in haste", lambda: message.update(one.person.writes("Случа номр")), one.words.go_on)
    with override(one.words.code):
        changed = gettext("You edited your message, and I changed the text of the appeal.")
    one.does("edits the message", lambda: one.person.edits(message, one.marker), one.title(text.PART), changed)


def _all_at_once(one: Conversation) -> None:
    def in_haste() -> None:
        one.person.writes(one.marker)
        one.person.writes("И ещё одно.")
        one.person.writes("Спасибо!")

    one.does("writes three times at once", in_haste, one.words.go_on)


def _asking_for_the_status_between(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)
    with override(one.words.code):
        question, answer, go_on = (
            status._question(),
            str(MAIN_MENU),
            gettext("Go on ›"),
        )
    one.writes("/status", question)
    one.writes(AIGUL, answer, step="writes an IIN")
    one.writes("/appeal", go_on)
    one.presses(go_on, one.title(text.PART))


def _in_another_language(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)
    other = ALL[(ALL.index(one.words) + 1) % len(ALL)]
    one.writes("/language", language._QUESTION)
    one.presses(language.NAMES[other.code], other.begin)
    one.words = other
    with override(other.code):
        go_on = gettext("Go on ›")
    one.presses(other.begin, go_on)
    one.presses(go_on, one.title(text.PART))


def _with_a_sticker_and_the_menu(one: Conversation) -> None:
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9}
    sticker |= {"is_animated": False, "is_video": False}
    one.does("sends a sticker", lambda: one.person.sends(sticker=sticker), one.title(text.PART))
    one.writes(one.marker, one.words.go_on)
    with override(one.words.code):
        menu, go_on = str(MAIN_MENU), gettext("Go on ›")
    one.writes(menu, one.words.begin)
    one.presses(one.words.begin, go_on)
    one.presses(go_on, one.title(text.PART))


def _at_length(one: Conversation) -> None:
    whole = (f"{one.marker} " + "Я долго ждал приёма. " * 300)[: _LONGEST_MESSAGE + 900].strip()

    def in_pieces() -> None:
        one.person.writes(whole[:_LONGEST_MESSAGE])
        one.person.writes(whole[_LONGEST_MESSAGE:])

    one.does("writes more than a message holds", in_pieces, one.words.go_on)


def _beginning_anew(one: Conversation) -> None:
    one.writes("Не то.", one.words.go_on)
    one.writes("/appeal", one.says(_ANEW))
    _anew(one)


def _abandoning_it_half_way(one: Conversation) -> None:
    one.writes("Не то.", one.words.go_on)
    one.presses(one.words.back, one.title(_BEFORE_THE_WORDS[one.kind]))
    one.writes("/menu", one.words.begin)
    one.presses(one.words.begin, one.says(_ANEW))
    _anew(one)


def _anew(one: Conversation) -> None:
    words = one.words
    kind = {
        "complaint": words.complain,
        "request": words.ask,
        "proposal": words.propose,
        "response": words.thank,
    }
    one.presses(one.says(_ANEW), kind[one.kind])
    one.presses(kind[one.kind], one.title(region.PART))
    if one.kind in ("complaint", "response"):
        one.presses(words.skip, one.title(organisation.PART))
    if one.kind in ("complaint", "request"):
        one.presses(words.skip, one.title(topic.PART))
    one.presses(words.skip, one.title(text.PART))
    one.writes(one.marker, words.go_on)


def _linking_an_earlier_one(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)
    earlier = one.desks.has_earlier(f"Раньше на портале, случай {one.number:04}.")
    number = "Write the number of the appeal. It stands on your receipt and looks like 26-0001234-9."
    one.writes("/link", one.says(number))
    with override(one.words.code):
        code = linking._ask_code(earlier).says[0].text
    one.writes(earlier, code, step="writes the number")
    linked = one.says(
        "The appeal %(number)s is linked to this chat. Questions of the Fund, changed terms and the answer are told "
        "here from now on."
    )
    one.writes(access_code(earlier), linked % {"number": earlier}, step="writes the code")
    one.earlier = earlier
    one.writes("/appeal", one.says("Go on ›"))
    one.presses(one.says("Go on ›"), one.title(text.PART))


_WAYS: dict[str, Callable[[Conversation], None]] = {
    "plainly": _plainly,
    "with an album": _with_an_album,
    "with a document and a photo": _with_a_document_and_a_photo,
    "with a file too large": _with_a_file_too_large,
    "going back": _going_back,
    "changing their words": _changing_their_words,
    "all at once": _all_at_once,
    "asking for the status between": _asking_for_the_status_between,
    "in another language": _in_another_language,
    "with a sticker and the menu": _with_a_sticker_and_the_menu,
    "at length": _at_length,
    "beginning anew": _beginning_anew,
    "linking an earlier one": _linking_an_earlier_one,
    "abandoning it half way": _abandoning_it_half_way,
}

# --- From the text to the number -------------------------------------------------------------------------------------


def _says_who(one: Conversation) -> None:
    """Everything after the text, to the page to check."""
    words = one.words
    one.presses(words.go_on, one.title(who.ABOUT if one.kind == "complaint" else who.AUTHOR))
    if one.kind == "complaint":
        one.presses(words.me, one.title(who.IIN))
        one.presses(words.skip, one.title(who.AUTHOR))
    one.writes(f"Оспанов Ержан{one.number}", one.title(who.PHONE), step="writes the name")
    one.writes(f"8 701 {one.number:03} 00 67", words.check, step="writes the telephone")


def _sends(one: Conversation) -> None:
    """Until it is registered; files may still be on their way."""
    words = one.words
    button = {
        "complaint": words.send_complaint,
        "request": words.send_question,
        "proposal": words.send_proposal,
        "response": words.send_thanks,
    }[one.kind]
    while True:
        seen = one.presses(button, words.registered, words.check)
        if seen and seen.text.startswith(words.registered):
            return
        time.sleep(0.5)
