from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from qorgau.handling import clock


class Command(BaseCommand):
    help = "Do what the clock is due to do now: overdue marks, reminders, escalations, closing of what nobody rated."

    def handle(self, *args: Any, **options: Any) -> None:
        done = clock.run(timezone.now())
        for what, count in sorted(done.items()):
            self.stdout.write(f"{what}: {count}")
