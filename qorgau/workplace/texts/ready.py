"""Every ready text that somebody may use: their own, their desk's, and those of the directory."""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models import AnswerTemplate
from qorgau.directory.reference import current
from qorgau.lib.folding import fold
from qorgau.lib.speech import current_language, name_in
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.workplace.models import OwnText, TemplateUse
from qorgau.workplace.texts.belonging import visible_to

MINE, DESK, ALL = "mine", "desk", "all"
GROUPS: dict[str, Promise] = {MINE: _("My texts"), DESK: _("Texts of my desk"), ALL: _("Texts for all")}
LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class ReadyText:
    """One text; `texts` by language, without those that are empty; `key` names it in forms and macros."""

    key: str
    group: str
    name: str
    texts: dict[str, str]
    used: int

    def in_language(self, language: str) -> tuple[str, str]:
        """The variant and the language it is in: the one wished, else the first there is."""
        for code in (language, "ru", "kk", "en"):
            if code in self.texts:
                return self.texts[code], code
        return "", language

    @property
    def beginning(self) -> str:
        """The first words, for lists."""
        text, _language = self.in_language(current_language())
        return shorten(text, 160, placeholder=" …")


def texts_of_directory(appeal: Appeal | None, staff: Staff) -> list[AnswerTemplate]:
    """Templates in force: for an appeal those of its desk and topic, without one all of one's own kind of desk."""
    reference = current()
    if appeal is not None:
        return reference.templates_for(desk_kind=appeal.holder.kind, topic_id=appeal.topic_id)
    kind = staff.desk.kind if staff.desk else ""
    fitting = {
        template.pk: template
        for topic in (None, *reference.topics)
        for template in reference.templates_for(desk_kind=kind, topic_id=topic)
    }
    return sorted(fitting.values(), key=lambda template: template.code)


def ready_texts(staff: Staff, appeal: Appeal | None = None) -> list[ReadyText]:
    """The texts that this person may use, their own first; two queries."""
    return _gathered(staff, texts_of_directory(appeal, staff))


def ready_texts_for_several(staff: Staff, appeals: Iterable[Appeal]) -> list[ReadyText]:
    """The same for several appeals: those of the directory are meant for one of them at least."""
    common = {row.pk: row for appeal in appeals for row in texts_of_directory(appeal, staff)}
    return _gathered(staff, common.values())


def is_meant_for(text: ReadyText, appeal: Appeal, staff: Staff) -> bool:
    """Whether it may be used for this appeal: one's own for any, one of the directory for its desk and topic."""
    return text.group != ALL or any(text.key == _key(row) for row in texts_of_directory(appeal, staff))


def grouped(texts: Iterable[ReadyText]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Keys and names as the choices of a form."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for text in texts:
        groups.setdefault(str(GROUPS[text.group]), []).append((text.key, text.name))
    return list(groups.items())


def _gathered(staff: Staff, directory: Iterable[AnswerTemplate]) -> list[ReadyText]:
    own = OwnText.objects.filter(visible_to(staff)).order_by("name", "pk")
    uses = dict(TemplateUse.objects.values_list("template_id", "used"))
    personal = [_own(row) for row in own]
    common = [ReadyText(_key(row), ALL, name_in(row), _variants(row), uses.get(row.pk, 0)) for row in directory]
    return [text for group in (MINE, DESK) for text in personal if text.group == group] + common


def found(texts: Iterable[ReadyText], words: str) -> list[ReadyText]:
    """Those whose name or text, in any language, holds every word."""
    wanted = fold(words).split()
    return [text for text in texts if all(word in _folded(text) for word in wanted)]


def count_use(key: str) -> None:
    """Note that the text was put into something."""
    kind, _dash, number = key.partition("-")
    if kind == "own":
        OwnText.objects.filter(pk=int(number)).update(used=F("used") + 1)
    elif not TemplateUse.objects.filter(pk=int(number)).update(used=F("used") + 1):
        TemplateUse.objects.bulk_create([TemplateUse(template_id=int(number), used=1)], ignore_conflicts=True)


def _key(row: AnswerTemplate) -> str:
    return f"common-{row.pk}"


def _own(row: OwnText) -> ReadyText:
    return ReadyText(f"own-{row.pk}", MINE if row.owner_id else DESK, row.name, _variants(row), row.used)


def _variants(row: OwnText | AnswerTemplate) -> dict[str, str]:
    return {code: text for code in LANGUAGES if (text := str(getattr(row, f"text_{code}")))}


def _folded(text: ReadyText) -> str:
    return fold(" ".join((text.name, *text.texts.values())))
