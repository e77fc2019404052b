"""The administration is Django's, and so are its words: none of them is English where the page is Kazakh or Russian."""

import gettext
import json
from pathlib import Path

import django.contrib.admin
import pytest
from django.test import RequestFactory
from django.utils.formats import get_format
from django.utils.translation import gettext as said
from django.utils.translation import override
from django.views.i18n import JSONCatalog

from qorgau.lib.words_of_django import WORDS

_THEIRS = Path(django.contrib.admin.__file__).parent / "locale"

_SEEN_BY_NOBODY = {
    "pages of passwords, which are ours": (
        "After you’ve created a user, you’ll be able to edit more user options.",
        "Disable password-based authentication",
        "Email address:",
        "Enable password-based authentication",
        "Forgotten your login credentials?",
        "Forgotten your password? Enter your email address below, and we’ll email instructions for setting a new one.",
        "If you don’t receive an email, please make sure you’ve entered the address you registered with, and check "
        "your spam folder.",
        "In case you’ve forgotten, you are:",
        "Please enter the correct %(username)s and password for a staff account. Note that both fields may be "
        "case-sensitive.",
        "Please enter your old password, for security’s sake, and then enter your new password twice so we can verify "
        "you typed it in correctly.",
        "Thanks for spending some quality time with the web site today.",
        "This action will <strong>enable</strong> password-based authentication for this user.",
        "We’ve emailed you instructions for setting your password, if an account exists with the email you entered. "
        "You should receive them shortly.",
        "You are authenticated as %(username)s, but are not authorized to access this page. Would you like to login to "
        "a different account?",
        "You're receiving this email because you requested a password reset for your user account at %(site_name)s.",
    ),
    "of tables that Qorgau does not have, or of older versions": (
        "Add link",
        "Added:",
        "Change or view list link",
        "Changed:",
        "Deleted:",
        "LogEntry Object",
        "Something’s wrong with your database installation. Make sure the appropriate database tables have been "
        "created, and make sure the database is readable by the appropriate user.",
        "entry",
        "user",
    ),
    "the same in every language": ("%(class_name)s %(instance)s",),
}


def _known_to(language: str, domain: str = "django") -> set[str]:
    """What Django's own catalogue has; of what depends on a number, each form is a tuple, of which the text counts."""
    with open(_THEIRS / language / "LC_MESSAGES" / f"{domain}.mo", "rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key if isinstance(key, str) else key[0] for key, words in known.items() if key and words}


def test_every_word_of_the_administration_is_kazakh() -> None:
    nobody = {words for several in _SEEN_BY_NOBODY.values() for words in several}
    lacking = _known_to("ru") - _known_to("kk") - nobody
    with override("kk"):
        assert {words for words in lacking if said(words) == words} == set()


def test_its_scripts_speak_kazakh(rf: RequestFactory) -> None:
    """The calendar beside a day, and the two lists of which one is filled from the other."""
    with override("kk"):
        answer = JSONCatalog.as_view(packages=["django.contrib.admin"])(rf.get("/"))
    assert _known_to("ru", "djangojs") - set(json.loads(answer.content)["catalog"]) == set()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_week_of_its_calendar_begins_on_monday(language: str) -> None:
    assert get_format("FIRST_DAY_OF_WEEK", language) == 1


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_words_of_django_are_said_in_ours(language: str) -> None:
    with override(language):
        assert [words for words in WORDS if said(words) == words] == []
