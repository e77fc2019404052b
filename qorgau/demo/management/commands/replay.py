import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qorgau.demo.replay import replay


class Command(BaseCommand):
    help = "Submits the appeals of a JSONL file, one a line, through intake and prints a summary."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--at-their-times", action="store_true", help="with the pauses between their times of receipt"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        begun = time.monotonic()
        try:
            with file.open(encoding="utf-8", errors="surrogateescape") as lines:
                done = replay(lines, source=file.name, at_their_times=options["at_their_times"])
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        seconds = time.monotonic() - begun
        for what, count in done.items():
            self.stdout.write(f"{what}: {count}")
        count = done["registered"] + done["delivered before"]
        self.stdout.write(f"{count} appeals in {seconds:.1f} s, {count / max(seconds, 0.001):.0f} a second")
