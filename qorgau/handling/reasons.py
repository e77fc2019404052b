"""Reasons and other words without which a verb means nothing."""

from qorgau.directory.template_variables import places_left
from qorgau.lib.clean_text import clean
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

_LONGEST = 20_000


def require_reason(reason: str) -> str:
    """The reason, cleaned; raises Problem (field `reason`) when there is none."""
    return require_words(reason, "reason", Sentence(N_("Give the reason: those who read it later must understand.")))


def require_words(words: str, field: str, why: Sentence) -> str:
    """The words, cleaned; raises Problem with this sentence when there are none, and when they have no end."""
    words = clean(words)
    if not any(character.isalnum() for character in words):
        raise Problem(why, field)
    if len(words) > _LONGEST:
        raise Problem(
            Sentence(
                N_("The text has {length} characters; {limit} fit here. Shorten it or attach the rest as a file."),
                {"length": len(words), "limit": _LONGEST},
            ),
            field,
        )
    return words


def require_finished(*texts: str) -> None:
    """Raise Problem (field `text`) when a place of a template was left unfilled: it would be sent as it stands."""
    left = [place for text in texts for place in places_left(text)]
    if left:
        raise Problem(
            Sentence(
                N_("A place of the template is not filled in yet: {place}. Write it, or take it out."),
                {"place": left[0]},
            ),
            "text",
        )
