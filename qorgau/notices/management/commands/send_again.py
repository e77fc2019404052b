from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qorgau.notices.send_again import send_again
from qorgau.rules.numbers import parse_number
from qorgau.rules.problems import Problem


class Command(BaseCommand):
    help = "Let notices that failed leave once more, after a mail server or gateway was away for long."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--failed-since", type=date.fromisoformat, help="a day, as in 2026-06-01")
        parser.add_argument("--number", default="", help="one appeal only")

    def handle(self, *args: Any, **options: Any) -> None:
        since, number = options["failed_since"], options["number"]
        if not since and not number:
            raise CommandError("Say which: --failed-since DAY, --number NUMBER, or both.")
        try:
            number = parse_number(number) if number else ""
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        day = timezone.make_aware(datetime.combine(since, time())) if since else None
        count = send_again(failed_since=day, number=number, at=timezone.now())
        self.stdout.write(f"{count} notices leave again.")
