import pytest
import typst

from qorgau.lib import pdf


@pytest.fixture
def template(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    (tmp_path / "letter.typ").write_text(
        '#set document(title: "Letter")\n#let data = json(bytes(sys.inputs.data))\n#data.words\n', encoding="utf-8"
    )
    return "letter.typ"


def test_a_template_becomes_a_tagged_pdf(template):
    made = pdf.render(template, {"words": "Өтініш: ә ғ қ ң ө ұ ү һ і"})
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made


def test_signs_without_a_picture_in_any_font_do_not_stop_it(template):
    assert pdf.render(template, {"words": "\U0001f9ff \U000f0000 ꙮ"}).startswith(b"%PDF-")


def test_what_looks_like_code_stays_words(template):
    assert pdf.render(template, {"words": '#read("/etc/passwd") #eval("1") $x$ "'}).startswith(b"%PDF-")


def test_a_broken_template_is_an_error_and_no_empty_page(template):
    with pytest.raises(typst.TypstError):
        pdf.render(template, {"other": "no words"})
