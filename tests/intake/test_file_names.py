import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.intake.file_kinds import ALL, DOCX, JPEG, MP3, PDF, TEXT, FileKind
from qorgau.intake.file_names import LONGEST, clean_name, ending_of


@pytest.mark.parametrize(
    ("name", "kind", "cleaned"),
    [
        ("Анықтама.pdf", PDF, "Анықтама.pdf"),
        ("Справка от 12.05.2026.pdf", PDF, "Справка от 12.05.2026.pdf"),
        ("photo.JPEG", JPEG, "photo.jpeg"),
        ("../../etc/passwd", TEXT, "passwd.txt"),
        ("C:\\Users\\Айгүл\\фото.jpg", JPEG, "фото.jpg"),
        ("scan.pdf.exe", JPEG, "scan.jpg"),
        ("scan.exe.pdf", PDF, "scan.pdf"),
        ("report.docx", PDF, "report.pdf"),
        ("run.bat", TEXT, "run.txt"),
        ("page.html", TEXT, "page.txt"),
        ("gpj.\u202eexe", JPEG, "gpj.jpg"),
        ("a\x00b\nc.pdf", PDF, "ab c.pdf"),
        ("что?*.docx", DOCX, "что__.docx"),
        ("photo.jpg:hidden.exe", JPEG, "photo.jpg_hidden.jpg"),
        ("CON", TEXT, "_CON.txt"),
        ("con.txt", TEXT, "_con.txt"),
        ("LPT1.pdf", PDF, "_LPT1.pdf"),
        ("contract.pdf", PDF, "contract.pdf"),
        ("nul.tar.pdf", PDF, "_nul.tar.pdf"),
        (".htaccess", TEXT, "htaccess.txt"),
        ("   ...   ", PDF, "file.pdf"),
        ("", PDF, "file.pdf"),
        (".pdf", PDF, "file.pdf"),
        ("запись. mp3 ", MP3, "запись. mp3.mp3"),
        ("name.pdf...", PDF, "name.pdf"),
    ],
)
def test_a_name_keeps_what_people_wrote_and_nothing_else(name: str, kind: FileKind, cleaned: str) -> None:
    assert clean_name(name, kind) == cleaned


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("ө" * 400 + ".docx", DOCX)

    assert len(name) == LONGEST
    assert name.endswith("ө.docx")


@given(name=st.text(max_size=300), kind=st.sampled_from(ALL))
def test_whatever_the_name_it_can_be_saved_anywhere_under_its_true_kind(name: str, kind: FileKind) -> None:
    cleaned = clean_name(name, kind)

    assert 0 < len(cleaned) <= LONGEST
    assert ending_of(cleaned) in kind.endings
    assert not set(cleaned) & set('/\\<>:"|?*\x00\n\r\u202e\u200f')
    assert cleaned == cleaned.strip(" .")
    assert clean_name(cleaned, kind) == cleaned
