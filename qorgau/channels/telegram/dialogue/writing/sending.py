"""The sending: one appeal of one draft, its number and code, the receipt, and what happens next."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from qorgau.channels.telegram.dialogue import files
from qorgau.channels.telegram.dialogue.buttons import to_menu
from qorgau.channels.telegram.dialogue.files import Wanted
from qorgau.channels.telegram.dialogue.path import Talk, Turn
from qorgau.channels.telegram.dialogue.writing.check import CHECK, check_page
from qorgau.channels.telegram.dialogue.writing.draft import NAME, Draft
from qorgau.channels.telegram.dialogue.writing.here import absent_files
from qorgau.channels.telegram.dialogue.writing.new_appeal import delivery_key, new_appeal
from qorgau.intake.new_appeal import Receipt
from qorgau.intake.receipt_facts import ReceiptFacts, receipt_facts
from qorgau.intake.submit import submit
from qorgau.intake.talon import talon_pdf
from qorgau.lib.speech import current_language, name_in, say, say_date
from qorgau.lib.telegram.says import Button, Message, Paper, Say
from qorgau.notices.chat_wording import ON_THE_SITE, OPENS
from qorgau.notices.chats.linking import appeals_of, link
from qorgau.notices.receipts import give_in_chat
from qorgau.register.models import Appeal

RECEIPT = "receipt"
"""The kind of the paper."""
_A_MINUTE = 5
"""More than a person writes; a program would fill the register with them."""


def send(talk: Talk, draft: Draft) -> Turn:
    """Register the appeal and hand out its receipt, once every file is here. Raises Problem when it cannot be taken."""
    draft, absent = absent_files(draft)
    if absent:
        wants = tuple(Wanted(path=NAME, draft=draft.id, file=file.sent) for file in absent)
        says = (check_page(talk, draft, files.on_their_way(len(absent))),)
        return Turn(says=says, place=draft.place(CHECK), wants=wants)
    if _sent_lately(talk) >= _A_MINUTE:
        words = _("You have sent several appeals within a minute. Please press the button once more in a minute.")
        return Turn(says=(check_page(talk, draft, words),), place=draft.place(CHECK))
    receipt = submit(new_appeal(draft, chat=talk.chat, language=talk.language, now=talk.now))
    return Turn(says=hand_out_receipt(talk, receipt))


def hand_out_receipt(talk: Talk, receipt: Receipt) -> tuple[Say, ...]:
    """What is said of an appeal that was just registered here. From now on the chat follows it, and it is written down
    that the receipt was given; other chats of the same person hear of the appeal too.
    """
    appeal = Appeal.objects.select_related("applicant").get(number=receipt.number)
    link(appeal.applicant_id, talk.chat, talk.now)
    given = give_in_chat(appeal, talk.chat, at=talk.now)
    facts = receipt_facts(receipt.number)
    assert facts is not None, "it was just registered"
    return _told_receipt(facts, appeal.pk, given)


def _sent_lately(talk: Talk) -> int:
    return appeals_of(talk.chat).filter(received_at__gt=talk.now - timedelta(minutes=1)).count()


def _told_receipt(facts: ReceiptFacts, pk: int, given: int) -> tuple[Say, ...]:
    """Number, code and day, what happens next, and then the receipt as a document."""
    lines = [
        f"{_('Its number')}: {facts.number}" + (f"\n{_('Your access code')}: {facts.code}" if facts.code else ""),
        _("Together they open your appeal on the site, and only they do. We never ask for the code by telephone.")
        if facts.code
        else "",
        f"{_('Handed to')}: {name_in(facts.desk)}. {say(facts.because) if facts.because else ''}".rstrip(),
        f"{_('Answer due on')}: {say_date(facts.due_on)}" if facts.due_on else "",
        _("It looks like your earlier appeal %(number)s, so whoever works on it will see both.")
        % {"number": facts.repeats}
        if facts.repeats
        else "",
        _next_steps(),
    ]
    buttons = (
        (Button(_("Follow the appeal"), f"{OPENS}:{pk}"),),
        (Button(_("Open on the site"), f"{ON_THE_SITE}:{pk}"),),
        to_menu(),
    )
    text = "\n\n".join(line for line in lines if line)
    receipt = Paper(
        name=f"{facts.number}.pdf",
        kind=RECEIPT,
        about=facts.number,
        language=current_language(),
        otherwise=_(
            "The receipt could not be made as a file. You need nothing more than the number and the code above: they "
            "open your appeal on the site."
        ),
    )
    return (
        Message(title=_("Your appeal is registered"), text=text, buttons=buttons, gives=given),
        Message(document=receipt),
    )


def draw_receipt(paper: Paper) -> bytes:
    """The receipt, which takes longer than all the rest of a turn, and is drawn after it."""
    facts = receipt_facts(paper.about)
    assert facts is not None, "appeals stay"
    with override(paper.language):
        return talon_pdf(facts, f"{settings.PUBLIC_ADDRESS}{reverse('portal:track')}?number={facts.number}")


def _next_steps() -> str:
    steps = (
        _("The desk named above takes your appeal and looks into it. It may ask you or the clinic a question."),
        _("You see every step here: “History of appeals” in the menu."),
        _("You get an answer by the day named above. You can rate it, and go one step higher if it does not help."),
    )
    return "\n".join([f"{_('What happens next')}:", *(f"{at}. {step}" for at, step in enumerate(steps, 1))])


def sent_before(chat: int, draft_id: str) -> Appeal | None:
    """The appeal that a draft of this chat became, if it was sent."""
    return Appeal.objects.filter(delivery_key=delivery_key(chat, draft_id)).first()
