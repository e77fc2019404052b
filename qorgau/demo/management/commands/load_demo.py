from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from qorgau.demo.loading import load_demo
from qorgau.register.models import Appeal


class Command(BaseCommand):
    help = "Fills an empty register with demo data, made through the same functions as real data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--appeals", type=int, default=300, help="how many appeals")

    def handle(self, *args: Any, **options: Any) -> None:
        if Appeal.objects.exists():
            self.stdout.write("The register is not empty; the demo leaves it alone.")
            return
        states = load_demo(at=timezone.now(), appeals=options["appeals"])
        self.stdout.write(f"{states.total()} appeals: " + ", ".join(f"{n} {s}" for s, n in sorted(states.items())))
