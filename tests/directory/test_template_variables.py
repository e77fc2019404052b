from qorgau.directory.template_variables import fill, unknown_variables


def test_a_template_is_filled_with_what_is_known() -> None:
    assert fill("№ {number}: {name}", {"number": "26-0001234-5", "name": "Айгүл"}) == "№ 26-0001234-5: Айгүл"


def test_a_variable_without_a_fact_stays_to_be_seen() -> None:
    assert fill("{organisation}, {due_date}", {"organisation": ""}) == "{organisation}, {due_date}"


def test_braces_inside_a_fact_are_left_alone() -> None:
    assert fill("{name} {number}", {"name": "{number}", "number": "1"}) == "{number} 1"


def test_unknown_variables_are_named_once_each_in_their_order() -> None:
    assert unknown_variables("{nmae} {number} {due date} {nmae} {}") == ["nmae", "due date", ""]


def test_braces_that_do_not_match_are_no_variables() -> None:
    assert unknown_variables("{number and {name}") == []
    assert fill("{number and {name}", {"name": "Ержан"}) == "{number and Ержан"
