import pytest
from django.utils import translation

from qorgau.lib.languages import same_page_in_other_languages


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/kk/", ["/kk/", "/ru/", "/en/"]),
        ("/ru/track/?number=26-0001234-5", ["/kk/track/?number=26-0001234-5", "/ru/track/?number=26-0001234-5",
                                            "/en/track/?number=26-0001234-5"]),
        ("/nowhere/at/all/", ["/kk/", "/ru/", "/en/"]),
        ("/kkk/", ["/kk/", "/ru/", "/en/"]),
        ("/", ["/kk/", "/ru/", "/en/"]),
    ],
)  # fmt: skip
def test_the_same_page_in_every_language(rf, path, expected):
    assert [link.url for link in same_page_in_other_languages(rf.get(path))] == expected


def test_languages_are_named_in_themselves_and_the_present_one_is_marked(rf):
    with translation.override("ru"):
        links = same_page_in_other_languages(rf.get("/ru/"))
    assert [(link.code, link.name, link.current) for link in links] == [
        ("kk", "Қазақша", False),
        ("ru", "Русский", True),
        ("en", "English", False),
    ]


def test_no_address_leads_to_another_site(rf):
    for link in same_page_in_other_languages(rf.get("//evil.example/kk/")):
        assert link.url == f"/{link.code}/"
