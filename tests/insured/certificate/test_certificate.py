"""A certificate from asking to forgetting: what stands in it, what is kept of it, and for how long."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from qorgau.insured.cells import name_of
from qorgau.insured.certificate.genuine import is_the_same, issued
from qorgau.insured.certificate.kept import pdf_of
from qorgau.insured.certificate.making import RegisterSilent, make
from qorgau.insured.certificate.order import order, request_certificate
from qorgau.insured.certificate.period import Period, whole_period
from qorgau.insured.certificate.tasks import make_certificate
from qorgau.insured.models import Certificate, LookUp, Serving
from qorgau.rules.problems import Problem
from tests.insured.conftest import Loader
from tests.insured.files import AIGUL, DANA, NOW, STRANGER, TIMUR, line, paid

AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
WHOLE = whole_period(date(2026, 11, 28))
OCTOBER_MISSING = {"sum": "10200.50", name_of(NOW - 1): ""}
TWO_PAYERS = line(AIGUL, paid=paid((NOW - 30, NOW - 2)), payers="EEEEEEEESSS-", **OCTOBER_MISSING)


@pytest.fixture(autouse=True)
def files_apart(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def people(load: Loader) -> None:
    student = line(TIMUR, paid="", categories="C13:2024-09-01/2028-06-30", sum="7285.90", payers="G" * 12)
    load([TWO_PAYERS, student, line(DANA, paid=paid((NOW - 20, NOW - 5)))])


def made(iin: str = AIGUL, language: str = "en", period: Period = WHOLE) -> Certificate:
    certificate = order(iin, period, language, AT, who="portal")
    make(certificate.pk)
    certificate.refresh_from_db()
    return certificate


def text(certificate: Certificate) -> str:
    reader = PdfReader(io.BytesIO(pdf_of(certificate) or b""))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_a_request_leaves_a_number_and_a_job_without_the_identity_number(people: None) -> None:
    certificate = request_certificate(AIGUL, WHOLE, "kk", AT, who="portal")

    job = ProcrastinateJob.objects.get(task_name="qorgau.insured.make_certificate")
    assert job.args == {"certificate_id": certificate.pk}
    assert certificate.state == Certificate.WAITING
    assert re.fullmatch(r"A26-\d{7}-\d", certificate.number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM insured_certificate c")
        assert AIGUL not in cursor.fetchone()[0]
    assert issued(certificate.number) is None


def test_the_paper_tells_status_months_payers_and_sums(people: None) -> None:
    certificate = made()
    said = text(certificate)

    assert certificate.state == Certificate.READY
    assert f"Number {certificate.number}" in said
    assert f"IIN {AIGUL}" in said
    assert "Status on November 28, 2026 conditionally insured, until December 31, 2026 if nothing more is paid" in said
    assert "Period November 2025 – October 2026" in said
    assert "Data of the register as of November 28, 2026" in said
    assert "November 2025 paid employer 10 200,50" in said
    assert "September 2026 paid self-payer 10 200,50" in said
    assert "October 2026 not paid – –" in said
    assert "employer 81 604" in said and "self-payer 30 601,50 Total 112 205,50" in said
    assert f"http://127.0.0.1:8000/en/certificate/{certificate.number}/" in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", ["Медициналық көрсетілетін қызметтерді тұтынушы ретінде қатысу", "ЖСН", "мемлекет", "сақтандырылған"]),
        ("ru", ["Информация об участии в качестве потребителя медицинских услуг", "ИИН", "государство", "застрахован"]),
        ("en", ["Information on participation as a consumer of medical services", "IIN", "the state", "insured"]),
    ],
)
def test_it_is_made_in_each_language(people: None, language: str, words: list[str]) -> None:
    said = text(made(TIMUR, language))

    assert [word for word in words if word not in said] == []
    assert said.count("7 285,90") == 12 and "87 430,80" in said


def test_a_part_of_the_months_has_its_own_total(people: None) -> None:
    said = text(made(period=Period(NOW - 5, NOW - 4)))

    assert "Period June 2026 – July 2026" in said and "May 2026" not in said and "August 2026" not in said
    assert "Total 20 401" in said and Decimal("10200.50") * 2 == Decimal("20401")


def test_a_sum_of_nobody_counts_too(load: Loader) -> None:
    load([line(AIGUL, paid=paid((NOW - 12, NOW - 2)), sum="100", payers="EEEEEEEEEEE-")])
    said = text(made())

    assert "October 2026 not paid payer not stated 100" in said
    assert "employer 1 100 payer not stated 100 Total 1 200" in said


@pytest.mark.parametrize("period", [Period(NOW - 13, NOW - 1), Period(NOW - 1, NOW), Period(NOW - 1, NOW - 2)])
def test_months_without_sums_and_backwards_are_refused(rows: None, period: Period) -> None:
    with pytest.raises(Problem) as told:
        order(AIGUL, period, "kk", AT, who="portal")
    assert told.value.field == "period"
    assert not Certificate.objects.exists()


def test_no_identity_number_no_certificate(rows: None) -> None:
    with pytest.raises(Problem) as told:
        order("900101300107", WHOLE, "kk", AT, who="portal")
    assert told.value.field == "iin"


def test_on_the_disk_it_lies_sealed_and_a_changed_one_is_not_given_out(people: None, tmp_path: Path) -> None:
    certificate = made()
    (file,) = (tmp_path / "files" / "certificates").iterdir()
    sealed = file.read_bytes()

    assert b"%PDF" not in sealed and AIGUL.encode() not in sealed
    assert sha256(pdf_of(certificate) or b"").digest() == bytes(certificate.sha256)
    file.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert pdf_of(certificate) is None
    assert Certificate.objects.get().state == Certificate.CLEARED


def test_the_identity_number_goes_when_the_file_is_made_and_the_database_minds_it(people: None) -> None:
    certificate = made()

    assert bytes(certificate.iin_sealed) == b""
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(iin_sealed=b"sealed")


def test_the_look_up_is_written_down_for_what_it_was(people: None) -> None:
    made()
    assert list(LookUp.objects.values_list("purpose", "who", "answer")) == [("certificate", "portal", "found")]


def test_making_it_twice_changes_nothing(people: None) -> None:
    certificate = made()
    make(certificate.pk)
    assert Certificate.objects.get() == certificate and LookUp.objects.count() == 1


def test_only_the_same_file_is_the_same(people: None) -> None:
    certificate = made()
    pdf = pdf_of(certificate)
    assert pdf is not None

    assert issued(certificate.number) == certificate
    assert is_the_same(certificate, [pdf[:100], pdf[100:]])
    assert not is_the_same(certificate, [pdf, b"\n"])


def test_after_its_hours_only_number_and_hash_remain(people: None, tmp_path: Path, settings: LazySettings) -> None:
    settings.CERTIFICATES_KEPT_HOURS = 2
    certificate = made()
    ended = certificate.finished_at
    assert ended is not None

    assert Certificate.forget_old(ended + timedelta(hours=2)) == 0
    assert Certificate.forget_old(ended + timedelta(hours=2, seconds=1)) == 1
    assert list((tmp_path / "files" / "certificates").iterdir()) == []
    known = issued(certificate.number)
    assert known is not None and (known.state, known.person, known.stored_as) == (Certificate.CLEARED, None, "")
    assert bytes(known.sha256) == bytes(certificate.sha256)


def test_nothing_remains_of_a_file_that_a_killed_worker_left(people: None, tmp_path: Path) -> None:
    certificate = order(AIGUL, WHOLE, "kk", AT, who="portal")
    with certificate.being_written() as file:
        file.write(b"half")
    Certificate.objects.get().end(Certificate.FAILED)

    assert Certificate.forget_old(AT + timedelta(days=3650)) == 1
    assert list((tmp_path / "files" / "certificates").iterdir()) == []
    assert Certificate.objects.get().state == Certificate.FAILED


def test_of_two_workers_at_one_certificate_the_later_one_finishes_it(people: None, tmp_path: Path) -> None:
    thought_dead = order(AIGUL, WHOLE, "kk", AT, who="portal")
    with thought_dead.being_written():
        make(thought_dead.pk)

    assert not thought_dead.end(Certificate.READY, sha256=b"of another file")
    certificate = Certificate.objects.get()
    assert sha256(pdf_of(certificate) or b"").digest() == bytes(certificate.sha256)
    assert [path.name for path in (tmp_path / "files" / "certificates").iterdir()] == [certificate.stored_as]


def test_whoever_the_register_does_not_know_gets_none(people: None) -> None:
    certificate = made(STRANGER)

    assert (certificate.state, bytes(certificate.iin_sealed)) == (Certificate.UNKNOWN, b"")
    assert issued(certificate.number) is None
    assert Certificate.forget_old(AT + timedelta(days=3650)) == 1
    assert Certificate.objects.get().person is None


def test_a_silent_register_is_asked_again_until_somebody_gives_up(people: None) -> None:
    Serving.objects.all().delete()
    certificate = order(AIGUL, WHOLE, "kk", AT, who="portal")
    with pytest.raises(RegisterSilent):
        make(certificate.pk)
    assert Certificate.objects.get().state == Certificate.WAITING

    for attempts in range(4):
        assert Certificate.objects.get().goes_on
        with pytest.raises(RegisterSilent):
            make_certificate(SimpleNamespace(job=SimpleNamespace(attempts=attempts)), certificate.pk)
    (left,) = Certificate.objects.all()
    assert (left.state, bytes(left.iin_sealed)) == (Certificate.FAILED, b"")
    assert issued(certificate.number) is None


class TestOnPaper:
    @pytest.fixture(autouse=True)
    def of_that_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Which months a certificate may tell of depends on the day."""
        monkeypatch.setattr(timezone, "now", lambda: AT)

    def said(self, *words: object) -> str:
        out = io.StringIO()
        call_command("insured", "certificate", *map(str, words), stdout=out)
        return out.getvalue()

    def test_the_command_writes_the_file_for_this_account_alone_and_keeps_none(
        self, people: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{AIGUL}\n"))
        path = tmp_path / "certificate.pdf"
        said = self.said("--language", "kk", path)

        certificate = Certificate.objects.get()
        digest = sha256(path.read_bytes()).hexdigest()
        assert said.split()[:3] == [certificate.number, "sha256", digest]
        assert bytes(certificate.sha256).hex() == digest and certificate.state == Certificate.CLEARED
        assert path.stat().st_mode & 0o777 == 0o600
        assert list((tmp_path / "files" / "certificates").iterdir()) == []
        assert LookUp.objects.get().who == "staff:paper"

    def test_what_can_not_be_made_is_said(self, people: None, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="does not know this person"):
            self.said("--iin", STRANGER, "--language", "kk", tmp_path / "none.pdf")
        with pytest.raises(CommandError, match=r"с 1 ноября 2025\s+года по 31 октября 2026\s+года включительно"):
            self.said("--iin", AIGUL, "--language", "ru", "--first", "2024-01", tmp_path / "none.pdf")
        with pytest.raises(CommandError, match="No such file"):
            self.said("--iin", AIGUL, "--language", "en", tmp_path / "no" / "such.pdf")
        assert not (tmp_path / "none.pdf").exists()
