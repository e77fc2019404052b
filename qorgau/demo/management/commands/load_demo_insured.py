from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from qorgau.demo.accounts import named_accounts
from qorgau.demo.insured import load_insured
from qorgau.demo.temporary import grant_one
from qorgau.insured.models import TemporaryStatus


class Command(BaseCommand):
    help = "Loads a small register of people who do not exist, some with numbers that can be tried."

    def handle(self, *args: Any, **options: Any) -> None:
        load = load_insured(timezone.localdate()).load
        self.stdout.write(f"{load.people_after} people are in the insured register.")
        if named_accounts() and not TemporaryStatus.objects.exists():
            grant_one(at=timezone.now())
