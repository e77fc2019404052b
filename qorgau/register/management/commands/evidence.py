from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qorgau.register.evidence import faults, is_known


class Command(BaseCommand):
    help = (
        "Check an archive of evidence: `qorgau evidence verify FILE` says whether every file and every line of the "
        "journal in it is as it was; with --in-register also whether this register gave it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--in-register", action="store_true", help="ask the register whether it gave this archive")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"{path} is not a file")
        found = faults(path)
        if not found and options["in_register"] and not is_known(path):
            found = ["the register knows of no archive with this manifest"]
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults in {path.name}")
        self.stdout.write(f"Every file in {path.name} is as it was, and every line of its journal holds.")
