"""Texts ready for an answer: templates with their variables filled in, and how to go one step higher."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.handling.permission import rung_above
from qorgau.lib.speech import name_in, say_date
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.deadlines import Purpose, ends_on
from qorgau.rules.kinds import Kind, Procedure
from qorgau.rules.ladder import DeskKind


def appended(text: str, addition: str) -> str:
    """The text with something added after it; what was written is never replaced."""
    return f"{text.rstrip()}\n\n{addition}" if text.strip() else addition


def how_to_appeal(appeal: Appeal, language: str) -> str:
    """Where somebody may go who does not agree with the answer, until when, and how."""
    with translation.override(language):
        above, until = _next_desk(appeal), _appeal_until(appeal, language)
        if rung_above(appeal) is None:
            return _("If you do not agree with this answer, you may go to court.")
        where = name_in(above, language) if above else _("the desk one step higher")
        return _(
            "If you do not agree with this answer, you may complain to a higher desk: %(desk)s. You can do so until "
            "%(day)s on the page of your appeal, with its number and code, or in any other way you write to us."
        ) % {"desk": where, "day": until}


def way_on_in(language: str, written: str, appeal: Appeal) -> str:
    """Where to go from the answer, in its language: our words in another one are said anew, other words stay."""
    ours = {_spaced(how_to_appeal(appeal, other)) for other in dict(settings.LANGUAGES) if other != language}
    return how_to_appeal(appeal, language) if _spaced(written) in ours else written


def _spaced(text: str) -> str:
    return " ".join(text.split())


def facts_for(appeal: Appeal, staff: Staff, language: str) -> dict[str, str]:
    """What the variables of a ready text stand for, in a language; "" for what is not known."""
    above = _next_desk(appeal)
    return {
        "number": appeal.number,
        "name": appeal.applicant.full_name,
        "registered_on": say_date(appeal.registered_on, language),
        "due_date": say_date(appeal.due_on, language),
        "organisation": name_in(appeal.organisation, language) or appeal.organisation_as_said,
        "topic": name_in(appeal.topic, language),
        "desk": name_in(appeal.holder, language),
        "staff": staff.short_name,
        "next_desk": name_in(above, language) if above else "",
        "appeal_until": _appeal_until(appeal, language) if above else "",
        "today": say_date(timezone.localdate(), language),
    }


def _next_desk(appeal: Appeal) -> Desk | None:
    above = rung_above(appeal)
    if above is None:
        return None
    return current().desk_of(above, region_id=appeal.region_id, organisation_id=appeal.organisation_id)


def _appeal_until(appeal: Appeal, language: str) -> str:
    """The last day, were the answer sent today."""
    reference, now = current(), timezone.now()
    policy = reference.policy(
        Purpose.NEXT_STAGE,
        on=timezone.localdate(),
        kind=Kind(appeal.kind),
        procedure=Procedure(appeal.procedure),
        desk_kind=DeskKind(appeal.holder.kind),
    )
    return say_date(ends_on(policy, now, reference.calendar), language)
