"""The words of an application to be attached, put together from what was chosen in the form."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qorgau.directory.reference import current
from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import name_in, say_date


def application_text(said: dict[str, Any]) -> str:
    """What the clinic reads, in the language of the page."""
    facts = {"clinic": _clinic(said), "person": _person(said)}
    if said.get("about") != "other":
        asks = _("Please attach me to this clinic: %(clinic)s.") % facts
    elif facts["person"]:
        asks = _("Please attach %(person)s, for whom I write, to this clinic: %(clinic)s.") % facts
    else:
        asks = _("Please attach the person for whom I write to this clinic: %(clinic)s.") % facts
    reason = current().reason_for_attachment(said["reason"], timezone.localdate())
    parts = [asks, _("Reason: %(reason)s.") % {"reason": name_in(reason)}]
    if last_choice := said.get("last_choice"):
        day = say_date(last_choice) if isinstance(last_choice, date) else last_choice
        parts.append(_("The clinic was last changed by free choice: %(day)s") % {"day": day})
    return "\n\n".join(("\n".join(parts), *([said["text"]] if said.get("text") else [])))


def _clinic(said: dict[str, Any]) -> str:
    organisation = current().organisations.get(row_id(said.get("organisation_id", "")) or 0)
    return name_in(organisation) or str(said.get("organisation", ""))


def _person(said: dict[str, Any]) -> str:
    names = (said.get(f"patient_{part}", "") for part in ("surname", "given_name", "patronymic"))
    return " ".join(name for name in names if name)
