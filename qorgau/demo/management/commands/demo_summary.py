from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from qorgau.demo.accounts import named_accounts, password
from qorgau.demo.insured import known_people
from qorgau.demo.loading import demo_appeal
from qorgau.register.access import access_code


class Command(BaseCommand):
    help = "Prints the demo accounts, one per role, and a demo appeal's number and code."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Staff sign in at {settings.PUBLIC_ADDRESS}/desk/ with the password  {password()}")
        for person in named_accounts():
            self.stdout.write(f"  {person.username:<30} {person.desk}")
        if appeal := demo_appeal():
            code = access_code(appeal.number, appeal.code_version)
            self.stdout.write(f"An appeal to follow: number {appeal.number}, access code {code}")
        self.stdout.write("Numbers to ask the insured register about; the page shows the code that an SMS would bring:")
        for one in known_people(timezone.localdate()):
            self.stdout.write(f"  {one.iin}  {one.what}")
