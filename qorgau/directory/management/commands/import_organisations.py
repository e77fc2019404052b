import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from qorgau.directory.organisation_import import Outcome, Refusal, import_organisations
from qorgau.lib.speech import LANGUAGES, say
from qorgau.rules.problems import Problem

_TOLD_AT_ONCE = 20
# A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Command(BaseCommand):
    help = "Takes a CSV list of medical organisations into the directory. Safe to repeat; see docs/organisations.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--report", type=Path, help="write refused rows with line and reason to this CSV file")
        parser.add_argument("--dry-run", action="store_true", help="check everything and keep nothing")
        parser.add_argument("--with-desks", action="store_true", help="give each organisation its clinic's desk")
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="language of the reasons")

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            try:
                data = options["file"].read_bytes()
                if options["report"]:
                    _write_report(options["report"], [])  # whether it can be written shows before anything is taken
                outcome = import_organisations(data, with_desks=options["with_desks"], dry_run=options["dry_run"])
            except OSError as error:
                raise CommandError(f"{error.filename or options['file']}: {error.strerror}") from error
            except Problem as problem:
                raise CommandError(say(problem.sentence)) from problem
            self._tell(outcome, dry_run=options["dry_run"], at_most=_TOLD_AT_ONCE)
            if options["report"]:
                _write_report(options["report"], outcome.refusals)

    def _tell(self, outcome: Outcome, *, dry_run: bool, at_most: int) -> None:
        for refusal in outcome.refusals[:at_most]:
            self.stderr.write(f"line {refusal.line}: {refusal.name or refusal.key}: {say(refusal.reason)}")
        if len(outcome.refusals) > at_most:
            self.stderr.write(f"… and {len(outcome.refusals) - at_most} more; --report FILE writes all of them")
        if outcome.unused_columns:
            self.stdout.write(f"columns not used: {', '.join(outcome.unused_columns)}")
        self.stdout.write(
            f"{'would be ' if dry_run else ''}added: {outcome.added}, updated: {outcome.updated}, "
            f"unchanged: {outcome.unchanged}, desks added: {outcome.desks_added}, refused: {len(outcome.refusals)}"
        )


def _write_report(path: Path, refusals: list[Refusal]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        report = csv.writer(file)
        report.writerow(["line", "key", "name", "reason"])
        for refusal in refusals:
            report.writerow([refusal.line, _safe(refusal.key), _safe(refusal.name), say(refusal.reason)])


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
