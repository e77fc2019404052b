import pytest
from django.http import HttpResponse

from qorgau.lib.reading_aids import CHOICES, ORDINARY, ReadingAids, chosen, keep, parse, reading_aids


def test_without_a_cookie_everything_is_ordinary(rf):
    aids = reading_aids(rf.get("/"))
    assert aids == ORDINARY == ReadingAids()
    assert aids.classes == ""
    assert not aids.in_use


def test_a_page_without_a_request_is_ordinary_too():
    assert reading_aids(None) is ORDINARY


def test_each_setting_that_differs_gives_one_class():
    aids = parse("blue.150.wide.serif.off")
    assert aids == ReadingAids("blue", "150", "wide", "serif", "off")
    assert aids.classes == "contrast-blue size-150 spacing-wide typeface-serif pictures-off"
    assert aids.in_use


def test_one_bad_value_is_ordinary_and_the_others_stay():
    assert parse("blue.999.wide.comic.on") == ReadingAids("blue", "100", "wide", "sans", "on")


@pytest.mark.parametrize(
    "cookie",
    ["", "blue", "blue.150.wide.serif", "blue.150.wide.serif.off.more", "." * 10_000, "<script>", "ё.ё.ё.ё.ё", "\x00"],
)
def test_what_is_not_ours_is_ordinary(cookie):
    assert parse(cookie) == ORDINARY


def test_a_form_without_some_settings_leaves_them_ordinary():
    assert chosen({"size": "200", "csrf": "x"}) == ReadingAids(size="200")


@pytest.mark.parametrize("name", CHOICES)
def test_every_value_survives_the_cookie(name, rf):
    for value in CHOICES[name]:
        response = HttpResponse()
        wanted = chosen({name: value, "spacing" if name != "spacing" else "size": "wide"})
        keep(response, wanted, secure=True)
        request = rf.get("/")
        if "aids" in response.cookies and response.cookies["aids"].value:
            request.COOKIES["aids"] = response.cookies["aids"].value
        assert reading_aids(request) == wanted


def test_the_ordinary_look_takes_the_cookie_away():
    response = HttpResponse()
    keep(response, ORDINARY, secure=False)
    assert response.cookies["aids"]["max-age"] == 0


def test_the_cookie_is_for_a_year_and_out_of_reach_of_scripts():
    response = HttpResponse()
    keep(response, ReadingAids(size="125"), secure=True)
    cookie = response.cookies["aids"]
    assert (cookie["max-age"], cookie["samesite"], cookie["httponly"], cookie["secure"]) == (
        31_536_000,
        "Lax",
        True,
        True,
    )
