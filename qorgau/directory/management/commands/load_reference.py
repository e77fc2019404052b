from typing import Any

from django.core.management.base import BaseCommand

from qorgau.directory.loading import load_reference


class Command(BaseCommand):
    help = "Adds the reference data that is missing: regions, desks, topics, terms, answer templates. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_reference()
        for name, count in added.items():
            self.stdout.write(f"{name}: {count} added")
        if not added:
            self.stdout.write("Nothing was missing.")
