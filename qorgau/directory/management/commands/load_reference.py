from typing import Any

from django.core.management.base import BaseCommand

from qorgau.directory.loading import load_reference
from qorgau.people.consent_texts import load_consent_texts


class Command(BaseCommand):
    help = "Adds the reference data that is missing: regions, desks, topics, terms, texts. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_reference()
        if texts := load_consent_texts():
            added["texts of consents"] = texts
        for name, count in added.items():
            self.stdout.write(f"{name}: {count} added")
        if not added:
            self.stdout.write("Nothing was missing.")
