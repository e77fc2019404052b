"""Every component on one page, so that tests can read it as HTML and look at it in a browser."""

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template import engines
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from qorgau.rules.sentences import Sentence
from qorgau.rules.states import State

ALMATY = timezone(timedelta(hours=5))
NEARNESS = ("on_time", "soon", "today", "over", "met", "stopped")


class Parts(forms.Form):
    region = forms.ChoiceField(
        label="Облыс немесе республикалық маңызы бар қала",
        choices=[("", "—"), ("Қалалар", [("75", "Алматы"), ("79", "Шымкент")]), ("61", "Түркістан облысы")],
    )
    organisation_search = forms.CharField(label="Медициналық ұйым", required=False, help_text="Мысалы: № 5 емхана")
    organisation = forms.CharField(required=False, widget=forms.HiddenInput)
    visited = forms.DateField(label="Қашан бардыңыз?", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.ChoiceField(
        label="Не болды?",
        choices=[("waited", "Ұзақ күттім"), ("refused", "Емдеуге жатқызудан бас тартты")],
        widget=forms.RadioSelect,
    )
    solved = forms.ChoiceField(
        label="Шешілді ме?", choices=[("yes", "Иә"), ("no", "Жоқ")], widget=forms.RadioSelect, required=False
    )
    text = forms.CharField(
        label="Өз сөзіңізбен жазыңыз",
        max_length=100,
        help_text="Қателер маңызды емес.",
        widget=forms.Textarea(attrs={"maxlength": 100}),
    )
    files = forms.FileField(label="Файлдар", required=False, help_text="Сурет немесе PDF, 20 МБ-қа дейін")
    phone = forms.CharField(label="Телефон", widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
    ways = forms.MultipleChoiceField(
        label="Қалай хабарласайық?",
        choices=[("mail", "Электрондық пошта"), ("sms", "SMS")],
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(label="Дербес деректерімді өңдеуге келісемін")
    key = forms.CharField(required=False, widget=forms.HiddenInput)


def facts() -> dict[str, Any]:
    when = datetime(2026, 11, 20, 14, 12, tzinfo=ALMATY)
    step = SimpleNamespace(on=date(2026, 11, 23), sentence=Sentence("Registered."))
    return {
        "states": list(State),
        "nearness": NEARNESS,
        "found": [SimpleNamespace(value="1", label="№ 5 қалалық емхана", detail="Алматы, Тимирязев көшесі, 42")],
        "sheet": SimpleNamespace(
            due_on=date(2026, 12, 15), steps=[step, SimpleNamespace(on=None, sentence=Sentence("15 working days."))]
        ),
        "life": [
            {"title": "Тіркелді", "when": when, "by": "Әлиева А. С.", "text": "Талон берілді."},
            {"title": "Сұрақ", "when": when, "tone": "problem"},
            {"title": "Сізден жауап күтілуде", "when": "бүгін", "tone": "now"},
            {"title": "Жауап", "when": date(2026, 12, 15), "tone": "next"},
        ],
        "talk": [
            {"mine": True, "who": "Сіз", "when": when, "text": "Қағаз", "files": [{"name": "q.jpg", "href": "/kk/"}]},
            {"mine": False, "who": "Әлиева А. С.", "when": when, "text": "<b>Рақмет</b>\nҚарап жатырмыз."},
        ],
    }


def wrong_form() -> Parts:
    """Sent with much missing and a day that is none."""
    return Parts({"text": "х" * 120, "visited": "31.02.2026", "organisation_search": "емхана", "solved": "maybe"})


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Ours, with the pages of these tests before it, and without mercy for a name that is not there."""
    ours: Environment = engines["jinja2"].env
    assert ours.loader is not None
    here = FileSystemLoader(Path(__file__).parent)
    return ours.overlay(loader=ChoiceLoader([here, ours.loader]), undefined=StrictUndefined, cache_size=400)


def page(name: str, request: HttpRequest, **more: Any) -> str:
    return (
        environment()
        .get_template(f"pages/{name}.html")
        .render(request=request, csrf_input="", form=wrong_form(), facts=facts(), **more)
    )


def staff_member() -> Any:
    return SimpleNamespace(
        pk=1,
        is_authenticated=True,
        desk_id=1,
        desk=SimpleNamespace(name_kk="Қордың Алматы қаласы бойынша филиалы", name_ru="", name_en=""),
        role="administrator",
        short_name="Сәрсенбаева Г. Қ.",
        get_role_display=lambda: "Қор филиалының маманы",
        get_full_name=lambda: "Гүлнар Сәрсенбаева",
        get_username=lambda: "gulnar",
    )
