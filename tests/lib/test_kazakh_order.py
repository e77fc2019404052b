from qorgau.lib.kazakh_order import sort_key


def test_kazakh_letters_stand_where_the_alphabet_puts_them() -> None:
    in_order = ["Абай", "Ақмола", "Алматы", "Әйтеке", "Батыс", "Жамбыл", "Қарағанды", "Лепсі", "Өскемен", "Түркістан",
                "Ұлытау", "Үлкен", "Шығыс", "Ыстық", "Ішкі"]  # fmt: skip
    backwards = list(reversed(in_order))
    assert sorted(backwards, key=sort_key) == in_order


def test_a_shorter_name_comes_before_a_longer_one_that_begins_with_it() -> None:
    assert sort_key("Алматы") < sort_key("Алматы облысы") < sort_key("Алматылық")


def test_numbers_come_before_letters_and_case_does_not_matter() -> None:
    assert sort_key("2 емхана") < sort_key("аурухана")
    assert sort_key("АУРУХАНА") == sort_key("аурухана")


def test_signs_of_other_scripts_come_last() -> None:
    assert sort_key("Ясемин") < sort_key("City")
