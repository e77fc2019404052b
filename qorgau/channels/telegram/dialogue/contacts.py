"""Where to turn."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.channels.telegram.dialogue.buttons import begin, to_menu
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.lib.telegram.says import Message
from qorgau.rules.ladder import DeskKind


def show(talk: Talk) -> Turn:
    """The contact centre, the ambulance, and the branches of the Fund."""
    lines = [
        _("Contact centre: 1414. Calls are free from mobile and landline telephones in the country."),
        _("If somebody’s life is in danger, call an ambulance: 103."),
    ]
    branches = [
        f"• {name_in(desk)}: {desk.email}" if desk.email else f"• {name_in(desk)}"
        for region in current().regions_in_order(talk.language)
        if (desk := current().desk_of(DeskKind.BRANCH, region_id=region.pk)) is not None
    ]
    if branches:
        lines.append("\n".join([_("Branches of the Fund:"), *branches]))
    buttons = ((begin("person", _("Talk to a person")),), to_menu())
    return Turn(says=(Message(title=_("Contacts"), text="\n\n".join(lines), buttons=buttons),))


PATH = Path(
    name="contacts",
    begin=show,
    title=gettext_lazy("Contacts"),
    order=70,
    command="contacts",
    describes=gettext_lazy("Telephones and branches of the Fund"),
)
