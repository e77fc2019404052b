"""One appeal: where it is, what is asked of the person, the answer, and what they may do now."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from qorgau.channels.telegram.dialogue.buttons import begin, to_menu
from qorgau.channels.telegram.dialogue.history.own import NAME, button, own_story, to_the_appeal
from qorgau.channels.telegram.dialogue.path import Talk, Turn
from qorgau.directory.states_for_applicants import words_for_applicant
from qorgau.handling.for_applicant.answer_paper import answer_paper
from qorgau.handling.for_applicant.nearness import nearness
from qorgau.handling.for_applicant.story import Story, read_story
from qorgau.handling.for_applicant.wording import DECISIONS, MEANING, OUTCOMES
from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import current_language, name_in, say_date, say_moment
from qorgau.lib.telegram.says import Button, Message, Paper, Rows, Upload
from qorgau.notices.chat_wording import ON_THE_SITE
from qorgau.register.files import open_attachment
from qorgau.register.models import Attachment
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import State

ANSWER = "answer"
"""The kind of the paper."""
_LARGEST_SENT = 20_000_000
_MOST_FILES = 10


def shown(talk: Talk, pk: str, remark: str = "") -> Turn:
    """The page of an appeal."""
    story = own_story(talk, pk)
    parts = [remark, _state(story), _facts(story), _withdrawal(story), _question(story), _ended(story)]
    text = "\n\n".join(part for part in parts if part)
    title = _("Appeal %(number)s") % {"number": story.number}
    return Turn(says=(Message(title=title, text=text, buttons=_buttons(story)),))


def _state(story: Story) -> str:
    words = words_for_applicant(story.state, desk_id=story.holder.pk, topic_id=story.row.topic_id)
    near = nearness(story)
    if near:
        words = near[1] if near[0] == "met" else f"{words} ({near[1]})"
    return f"{words}\n{_answered() if story.state == State.ANSWERED else MEANING[story.state]}"


def _answered() -> str:
    # On a page the answer stands below; in a chat it is behind a button.
    return _("Press “Read the answer”. Please say whether it helped you.")


def _facts(story: Story) -> str:
    facts = [
        (_("Who holds it"), name_in(story.holder)),
        (_("Answer due on"), say_date(story.row.due_on) if story.is_open else ""),
        (_("Received"), say_moment(story.row.received_at)),
        (_("Stage before"), story.earlier_number),
        (_("Next stage"), story.next_number),
    ]
    return "\n".join(f"{label}: {said}" for label, said in facts if said)


def _withdrawal(story: Story) -> str:
    if not story.recorded_withdrawal:
        return ""
    return _(
        "On %(day)s it was written down that you want to withdraw this appeal. Only you can confirm it. If you did not "
        "ask for it, you need do nothing: your appeal goes on."
    ) % {"day": say_moment(story.recorded_withdrawal.recorded_at)}


def _question(story: Story) -> str:
    return _("The desk asks you") + f":\n{story.question.text}" if story.question else ""


def _ended(story: Story) -> str:
    if story.rating is None:
        return ""
    outcome = str(OUTCOMES[story.rating.outcome])
    return _("Your rating") + f": {outcome}" + (f", {'★' * story.rating.stars}" if story.rating.stars else "")


def _buttons(story: Story) -> Rows:
    pk, may = story.row.id, story.may
    rows: list[tuple[Button, ...]] = []
    if story.answer:
        rows.append((button(_("Read the answer"), pk, "answer"),))
    if may["add_message"].allowed:
        words = _("Reply to the question") if story.question else _("Add a message or a file")
        rows.append((button(words, pk, "write"),))
    if may["rate"].allowed:
        rows.append((button(_("Rate the answer"), pk, "rate"),))
    if may["open_next_stage"].allowed:
        rows.append((button(_("Go one step higher"), pk, "next"),))
    rows.append((button(_("What has happened so far"), pk, "life"), button(_("What you wrote"), pk, "said")))
    if may["withdraw"].allowed:
        rows.append((button(_("Withdraw the appeal"), pk, "withdraw"),))
    rows.append((Button(_("Open on the site"), f"{ON_THE_SITE}:{pk}"), begin(NAME, _("All appeals"))))
    rows.append((Button(_("Unlink it"), f"link:drop:{pk}"),))
    return (*rows, to_menu())


def answer(talk: Talk, pk: str) -> Turn:
    """The answer in full, with its ground and how to challenge it."""
    story = own_story(talk, pk)
    if story.answer is None:
        return shown(talk, pk, _("There is no answer yet."))
    given = story.answer
    parts = [str(DECISIONS[given.decision]), given.text]
    if given.legal_basis:
        parts.append(_("On the basis of") + f":\n{given.legal_basis}")
    if given.how_to_appeal:
        parts.append(_("If you do not agree") + f":\n{given.how_to_appeal}")
    rows: list[tuple[Button, ...]] = [(button(_("Save the answer (PDF)"), story.row.id, "paper"),)]
    if story.may["rate"].allowed:
        rows.append((button(_("Rate the answer"), story.row.id, "rate"),))
    if story.may["open_next_stage"].allowed:
        rows.append((button(_("Go one step higher"), story.row.id, "next"),))
    title = _("The answer to %(number)s") % {"number": story.number}
    return Turn(
        says=(Message(title=title, text="\n\n".join(parts), buttons=(*rows, to_the_appeal(story.row.id), to_menu())),)
    )


def paper(talk: Talk, pk: str) -> Turn:
    """The answer as a document."""
    story = own_story(talk, pk)
    if story.answer is None:
        return shown(talk, pk, _("There is no answer yet."))
    document = Paper(
        name=f"{story.number}-answer.pdf",
        kind=ANSWER,
        about=story.number,
        language=current_language(),
        otherwise=_("The answer could not be made as a file. You can read it here, and save it on the site."),
    )
    return Turn(says=(Message(document=document, buttons=(to_the_appeal(story.row.id), to_menu())),))


def draw_answer(paper: Paper) -> bytes:
    """The answer of an appeal, drawn after the turn that promised it."""
    story = read_story(paper.about)
    with override(paper.language):
        made = answer_paper(story) if story else None
    assert made is not None, "answers stay"
    return made


def lived(talk: Talk, pk: str) -> Turn:
    """Every step, and the words of both sides with their files."""
    story = own_story(talk, pk)
    steps = []
    for entry in story.life:
        when = entry.when if isinstance(entry.when, str) else _when(entry.when)
        steps.append("\n".join(part for part in (f"• {when}: {entry.title}", entry.by, entry.text) if part))
    parts = ["\n".join(steps)]
    files = []
    if story.messages:
        parts.append(_("Messages") + ":")
    for words in story.messages:
        who = _("You") if words.mine else name_in(words.desk) or _("The desk")
        names = ", ".join(file.name for file in words.files)
        parts.append("\n".join(part for part in (f"{who}, {say_moment(words.when)}", words.text, names) if part))
        files += words.files if not words.mine else []
    rows = [(button(f"📎 {file.name[:40]}", story.row.id, "file", str(file.id)),) for file in files[-_MOST_FILES:]]
    message = Message(
        title=_("What has happened so far"),
        text="\n\n".join(parts),
        buttons=(*rows, to_the_appeal(story.row.id), to_menu()),
    )
    return Turn(says=(message,))


def _when(moment: object) -> str:
    return say_moment(moment) if hasattr(moment, "hour") else say_date(moment)  # type: ignore[arg-type]


def said(talk: Talk, pk: str) -> Turn:
    """What the person wrote, as it was registered."""
    story = own_story(talk, pk)
    row = story.row
    event = say_date(row.event_date) if row.event_date else row.event_date_as_said
    lines = [
        (_("Registered on"), say_date(row.registered_on)),
        (_("Reason"), name_in(story.topic) if story.topic else ""),
        (_("Text"), row.text),
        (_("Date of the visit or of the event"), event),
        (_("Diagnosis or circumstances"), row.circumstances),
        (_("What should be done?"), row.desired_outcome),
        (_("Region"), name_in(story.region) if story.region else ""),
        (_("Medical organisation"), name_in(story.organisation) if story.organisation else row.organisation_as_said),
        (_("Your files"), ", ".join(file.name for file in story.files)),
    ]
    text = "\n\n".join(f"{label}: {words}" for label, words in lines if words)
    return Turn(says=(Message(title=_("What you wrote"), text=text, buttons=(to_the_appeal(row.id), to_menu())),))


def file(talk: Talk, pk: str, file_id: str) -> Turn:
    """A file that was sent to the applicant."""
    story = own_story(talk, pk)
    known = row_id(file_id) or 0
    if not story.has_file(known):
        raise Problem(_NO_FILE)
    attachment = Attachment.objects.get(pk=known)
    if attachment.size > _LARGEST_SENT:
        raise Problem(_ON_THE_SITE)
    try:
        with open_attachment(attachment) as content:
            document = Upload(attachment.name, content.read())
    except FileNotFoundError:
        raise Problem(_NO_FILE) from None
    return Turn(says=(Message(document=document, buttons=(to_the_appeal(story.row.id), to_menu())),))


_NO_FILE = Sentence(N_("This file cannot be found. Please call 1414 and say the number of your appeal."))
_ON_THE_SITE = Sentence(N_("This file is too large for the chat. Open your appeal on the site by its number and code."))
