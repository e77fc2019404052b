from datetime import date

import pytest
from django import forms

from qorgau.lib.form_fields import ShownError, shown, shown_errors

CITIES = [("", "—"), ("Cities", [("75", "Almaty"), ("79", "Shymkent")]), ("61", "Turkistan Region")]


class Visit(forms.Form):
    region = forms.ChoiceField(label="Region", choices=CITIES)
    reason = forms.ChoiceField(label="Reason", choices=[("wait", "Long wait"), ("rude", "Rudeness")],
                               widget=forms.RadioSelect, required=False)  # fmt: skip
    ways = forms.MultipleChoiceField(label="Ways", choices=[("sms", "SMS"), ("mail", "Mail")],
                                     widget=forms.CheckboxSelectMultiple, required=False)  # fmt: skip
    visited = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(label="Text", max_length=100, help_text="In your own words", widget=forms.Textarea)
    phone = forms.CharField(label="Phone", required=False,
                            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))  # fmt: skip
    agree = forms.BooleanField(label="I agree")
    file = forms.FileField(label="File", required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    ("name", "kind", "type_"),
    [
        ("region", "select", "select"),
        ("reason", "radios", "radio"),
        ("ways", "checkboxes", "checkbox"),
        ("visited", "text", "date"),
        ("text", "textarea", "text"),
        ("phone", "text", "tel"),
        ("agree", "checkbox", "checkbox"),
        ("file", "file", "file"),
        ("key", "hidden", "hidden"),
    ],
)
def test_every_widget_of_ours_has_its_shape(name, kind, type_):
    field = shown(Visit()[name])
    assert (field.kind, field.type) == (kind, type_)


def test_a_widget_nobody_draws_is_an_error_and_not_a_hole():
    class Odd(forms.Form):
        when = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match="SplitDateTimeWidget"):
        shown(Odd()["when"])


def test_hint_and_error_describe_the_control():
    text = shown(Visit({"text": "a" * 101})["text"])
    assert text.hint == "In your own words"
    assert text.described_by == "id_text-hint id_text-error"
    assert len(text.errors) == 1


def test_a_control_without_hint_and_error_is_described_by_nothing():
    assert shown(Visit()["phone"]).described_by is None


def test_the_page_may_say_label_and_hint_in_its_own_words():
    field = shown(Visit()["text"], label="What happened?", hint="")
    assert (field.label, field.hint) == ("What happened?", "")


def test_attributes_of_the_widget_reach_the_page_but_not_those_the_page_writes_itself():
    assert shown(Visit()["phone"]).attributes == {"autocomplete": "tel"}
    assert shown(Visit()["text"]).attributes == {"maxlength": "100"}


def test_what_was_typed_comes_back():
    form = Visit({"region": "79", "ways": ["mail"], "text": " <b>жазба</b> ", "agree": "on", "phone": "8 701"})
    assert [option.label for option in shown(form["region"]).options if option.selected] == ["Shymkent"]
    assert [option.label for option in shown(form["ways"]).options if option.selected] == ["Mail"]
    assert shown(form["text"]).value == " <b>жазба</b> "
    assert shown(form["agree"]).checked
    assert shown(form["phone"]).value == "8 701"


def test_options_stand_under_their_headings():
    groups = shown(Visit()["region"]).groups
    assert [(heading, [option.value for option in options]) for heading, options in groups] == [
        ("", [""]),
        ("Cities", ["75", "79"]),
        ("", ["61"]),
    ]


def test_options_are_numbered_through_whatever_their_headings():
    assert [option.id for option in shown(Visit()["region"]).options] == [f"id_region_{n}" for n in range(4)]


def test_a_day_is_given_back_in_the_form_browsers_read():
    assert shown(Visit(initial={"visited": date(2026, 11, 5)})["visited"]).value == "2026-11-05"


@pytest.mark.parametrize("typed", ["31.02.2026", "2026-02-31", "вчера", "2026-13-01"])
def test_what_no_browser_reads_as_a_day_is_kept_as_text(typed):
    field = shown(Visit({"visited": typed})["visited"])
    assert (field.type, field.value) == ("text", typed)


def test_a_prefix_keeps_ids_apart():
    field = shown(Visit(prefix="other")["reason"])
    assert (field.name, field.id, field.options[1].id) == ("other-reason", "id_other-reason", "id_other-reason_1")


def test_the_summary_leads_to_the_first_control_of_each_field():
    class Strict(Visit):
        def clean(self):
            raise forms.ValidationError("Both cannot be true.")

    form = Strict({"region": "75", "reason": "bribe", "agree": "on", "text": "a"})
    (choice_error,) = form.errors["reason"]
    assert shown_errors(form) == [
        ShownError("Both cannot be true.", ""),
        ShownError(choice_error, "id_reason_0"),
    ]


def test_an_error_of_a_field_nobody_sees_leads_nowhere():
    class WithKey(Visit):
        def clean_key(self):
            raise forms.ValidationError("Too old.")

    form = WithKey({"region": "75", "agree": "on", "text": "a"})
    assert shown_errors(form) == [ShownError("Too old.", "")]


def test_a_form_that_was_not_sent_has_no_errors():
    assert shown_errors([Visit(), Visit(prefix="b")]) == []
