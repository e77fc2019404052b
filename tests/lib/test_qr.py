from qorgau.lib.qr import qr_svg


def test_a_code_is_a_drawing_that_scales():
    drawing = qr_svg("https://example.kz/kk/track/?number=26-0001234-4")
    assert drawing.startswith("<svg ")
    assert "viewBox" in drawing
    assert " width=" not in drawing.split(">", 1)[0]


def test_the_same_words_make_the_same_code():
    assert qr_svg("one") == qr_svg("one") != qr_svg("two")
