"""The menu, the greeting, and what is said when nothing was understood."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue.buttons import begin, menu_key
from qorgau.channels.telegram.dialogue.path import Path
from qorgau.lib.telegram.says import Message


def menu(paths: Sequence[Path], unfinished: Sequence[Path] = ()) -> Message:
    """The sections, one button a row: their names are long, and telephones narrow."""
    shown = sorted((path for path in paths if path.title is not None), key=lambda path: path.order)
    return Message(
        title=_("Main menu"),
        text="\n\n".join([*(_kept(path) for path in unfinished), _("What would you like to do?")]),
        buttons=tuple((begin(path.name, str(path.title)),) for path in shown),
    )


def _kept(path: Path) -> str:
    return _("What you had begun is kept: “%(name)s” leads back to it.") % {"name": path.title}


def greeting() -> Message:
    """The first words; they bring the key that leads to the menu from everywhere."""
    return Message(
        title=_("Hello."),
        text=_(
            "This is the bot of the Social Health Insurance Fund. Here you learn whether you are insured and why, and "
            "write to the Fund. The button below the input field always leads to the main menu."
        ),
        keyboard=menu_key(),
    )


def not_understood() -> str:
    """To words that fit nowhere."""
    return _("I did not understand that. Please choose what you would like to do.")


def no_use_for_it() -> str:
    """To pictures, stickers and the like where they serve for nothing."""
    return _("I have no use for this here, and have not kept it. Please choose what you would like to do.")


def edited() -> str:
    """To a change of an earlier message."""
    return _(
        "You changed a message that you had sent before. I do not go back to it: what I read first stands. If "
        "something should be different, send it as a new message."
    )


def old_button() -> str:
    """To a button of a path that is no longer there."""
    return _("This button no longer works. Please choose from the menu.")


def only_in_private() -> str:
    """In groups."""
    return _(
        "Personal data do not belong into a group, so I speak with each person alone. Open a chat with me and press "
        "“Start”. I am leaving this group now."
    )


def broken() -> str:
    """After a fault of ours."""
    return _(
        "Something went wrong on our side, and your last message could not be answered. Please send it once more, or "
        "call 1414: it is free of charge."
    )
