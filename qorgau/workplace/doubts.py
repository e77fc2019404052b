"""What looks wrong in what somebody tells at the desk: asked about once while they are still there, never refused."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from qorgau.lib.speech import say
from qorgau.people.contacts import normal_email, normal_phone
from qorgau.rules.identity import check_iin


def doubts_of(said: Mapping[str, Any]) -> dict[str, str]:
    """Why a field looks wrong, for each that was not asked about yet; `asked` names those that were."""
    asked = said["asked"].split()
    return {name: why for name, why in _doubts(said) if name not in asked}


def _doubts(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("iin", "patient_iin"):
        problem = check_iin(said[name]).problem if said[name] else None
        if problem is not None:
            yield name, say(problem)
    if said["phone"] and not normal_phone(said["phone"]):
        yield "phone", _("This does not look like a telephone number. If it is right, send it again as it is.")
    if said["email"] and not normal_email(said["email"]):
        yield "email", _("This does not look like an e-mail address. If it is right, send it again as it is.")
