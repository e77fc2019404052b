from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qorgau.register.journal import verify


class Command(BaseCommand):
    help = (
        "Look after the journal: `qorgau journal verify [NUMBER]` reads it and reports every line that does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument("number", nargs="?", default="", help="one appeal only")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for fault in verify(options["number"]):
            faults += 1
            self.stderr.write(f"{fault.number} line {fault.sequence}: {fault.what}")
        if faults:
            raise CommandError(f"{faults} faults in the journal")
        self.stdout.write("Every line of the journal holds.")
