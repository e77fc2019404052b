from xml.etree import ElementTree

import pytest

from qorgau.lib.icons import NAMES, icon, mark


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_icon_is_a_drawing_that_screen_readers_pass_over(name):
    drawing = ElementTree.fromstring(icon(name))
    assert drawing.attrib["aria-hidden"] == "true"
    assert drawing.attrib["focusable"] == "false"
    assert drawing.attrib["viewBox"] == "0 0 24 24"
    assert drawing[0].attrib["d"].startswith("M")


def test_an_unknown_icon_is_an_error_and_not_a_hole():
    with pytest.raises(KeyError):
        icon("unicorn")


def test_the_mark_is_a_shield_with_horns():
    shield, horns = ElementTree.fromstring(mark())
    assert (shield.attrib["class"], horns.attrib["class"]) == ("mark-shield", "mark-horns")
