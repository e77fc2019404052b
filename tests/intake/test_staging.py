import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from qorgau.intake import staging
from qorgau.intake.models import StagedFile
from qorgau.intake.staging import discard, stage, staged
from qorgau.intake.sweep import forget_old
from qorgau.register.files import place_of
from qorgau.rules.problems import Problem
from tests.factories import NOON
from tests.intake import sample_files as samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def upload(content: bytes, name: str = "файл") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-lies")


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_file_is_kept_whole_under_a_random_name(own_folder: Path) -> None:
    row = stage(upload(samples.pdf(), "Анықтама.pdf"), at=NOON)

    assert (row.name, row.media_type, row.size) == ("Анықтама.pdf", "application/pdf", len(samples.pdf()))
    assert place_of(row.stored_as).read_bytes() == samples.pdf()
    assert bytes(row.sha256) == hashlib.sha256(samples.pdf()).digest()
    assert files_in(own_folder) == [place_of(row.stored_as)]
    assert "Анықтама" not in row.stored_as
    assert len(bytes.fromhex(row.token)) * 8 == 128


def test_size_and_sum_are_those_of_what_is_kept_not_of_what_came(own_folder: Path) -> None:
    row = stage(upload(samples.jpeg(orientation=6), "IMG_0001.JPG"), at=NOON)

    kept = place_of(row.stored_as).read_bytes()
    assert b"Secret" not in kept
    assert (row.size, bytes(row.sha256)) == (len(kept), hashlib.sha256(kept).digest())
    assert row.size != len(samples.jpeg(orientation=6))
    assert row.name == "IMG_0001.jpg"


def test_a_film_is_kept_without_its_place(own_folder: Path) -> None:
    row = stage(upload(samples.mp4(), "видео.mp4"), at=NOON)

    assert b"Secret" not in place_of(row.stored_as).read_bytes()


def test_a_picture_from_an_iphone_is_kept_as_jpeg() -> None:
    row = stage(upload(samples.HEIC, "IMG_0002.HEIC"), at=NOON)

    assert (row.name, row.media_type) == ("IMG_0002.jpg", "image/jpeg")


def test_a_table_in_plain_text_keeps_its_ending() -> None:
    row = stage(upload("күні;сома\n1;2\n".encode(), "төлем.csv"), at=NOON)

    assert (row.name, row.media_type) == ("төлем.csv", "text/csv")


def test_a_lying_name_is_put_right() -> None:
    row = stage(upload(samples.pdf(), "отчёт.pdf.exe"), at=NOON)

    assert row.name == "отчёт.pdf"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "empty.pdf", "“empty.pdf”: the file is empty."),
        (
            b"MZ" + bytes(100),
            "photo.jpg",
            "“photo.jpg”: programs are not taken.",
        ),
        (
            samples.zipped({"a": b"a"}),
            "C:\\all\\\u202eфото.zip",
            "“фото.zip”: archives are not taken; add the files one by one.",
        ),
        (
            samples.jpeg()[:400],
            "photo.jpg",
            "“photo.jpg”: the file is damaged and cannot be read. Open it on your device, save it again and add that.",
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_name(own_folder: Path, content: bytes, name: str, says: str) -> None:
    file = upload(content)
    file._name = name  # as a browser may send it; Django's own setter would take the path off

    with pytest.raises(Problem) as refused:
        stage(file, at=NOON)

    assert (str(refused.value), refused.value.field) == (says, "files")
    assert files_in(own_folder) == []
    assert StagedFile.objects.count() == 0


def test_a_file_over_the_limit_is_refused_whatever_length_it_announced(own_folder: Path, settings: Any) -> None:
    settings.ATTACHMENT_LIMIT_MB = 1
    given: list[int] = []

    class Endless(UploadedFile):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # type: ignore[override]
            for index in range(1000):
                given.append(index)
                yield b"text " * 20_000

    with pytest.raises(Problem) as refused:
        stage(Endless(name="log.txt", size=10), at=NOON)

    assert str(refused.value) == "“log.txt”: the file is larger than 1 MB."
    assert len(given) == 11
    assert files_in(own_folder) == []


def test_a_file_of_exactly_the_limit_is_taken(settings: Any) -> None:
    settings.ATTACHMENT_LIMIT_MB = 1

    assert stage(upload(b"a" * 1_000_000, "a.txt"), at=NOON).size == 1_000_000


def test_no_file_may_fill_the_disk_the_database_lives_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "free_space", lambda: 10_000_000)

    with pytest.raises(Problem) as refused:
        stage(upload(samples.pdf(), "a.pdf"), at=NOON)

    assert str(refused.value) == (
        "“a.pdf”: files cannot be taken at the moment. Send the text now and add the file later."
    )


def test_a_row_that_cannot_be_written_leaves_no_file(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**fields: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(StagedFile.objects, "create", fail)

    with pytest.raises(ConnectionError):
        stage(upload(samples.pdf()), at=NOON)

    assert files_in(own_folder) == []


def test_staged_files_come_in_the_order_of_their_tokens_without_strangers() -> None:
    first, second = (stage(upload(samples.pdf(), name), at=NOON) for name in ("a.pdf", "b.pdf"))

    assert staged([second.token, "0" * 32, "", first.token, second.token]) == [second, first]
    assert staged([]) == []


def test_a_discarded_file_is_gone(own_folder: Path) -> None:
    row = stage(upload(samples.pdf()), at=NOON)

    discard(row.token)
    discard(row.token)
    discard("no such token")

    assert staged([row.token]) == []
    assert files_in(own_folder) == []


def test_after_a_day_a_form_is_given_up_and_its_files_with_it(own_folder: Path) -> None:
    old = stage(upload(samples.pdf(), "old.pdf"), at=NOON - timedelta(hours=24, seconds=1))
    young = stage(upload(samples.pdf(), "young.pdf"), at=NOON - timedelta(hours=24))

    assert forget_old(NOON) == 1

    assert staged([old.token, young.token]) == [young]
    assert files_in(own_folder) == [place_of(young.stored_as)]
