from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.utils import timezone

from qorgau.people import accounts
from qorgau.people.models import Staff
from qorgau.people.places import DESKS_OF_ROLE
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role

WAYS_TO_NAME_A_DESK = (
    "a desk's number, or: centre, contact_centre, branch:KZ-71, health_department:KZ-71 (ISO or KATO code of the "
    "region), clinic:990140000205 (BIN or key of the organisation)"
)


class Command(BaseCommand):
    help = "Adds a member of staff. Asks for a password unless --password-file or --one-time-password says otherwise."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.add_argument("--desk", default="", help=WAYS_TO_NAME_A_DESK)
        parser.add_argument("--language", default="kk", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--surname", default="")
        parser.add_argument("--given-name", default="")
        parser.add_argument("--patronymic", default="")
        parser.add_argument("--post", default="", help="as it stands on a receipt")
        parser.add_argument("--email", default="", help="for a link to a new password when this one is forgotten")
        passwords = parser.add_mutually_exclusive_group()
        passwords.add_argument("--password-file", type=Path, help="a file whose first line is the password")
        passwords.add_argument(
            "--one-time-password", action="store_true", help="print a password that has to be changed at sign-in"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        staff = Staff(
            username=options["username"],
            role=options["role"],
            desk=_desk(options["desk"], Role(options["role"])),
            language=options["language"],
            last_name=options["surname"],
            first_name=options["given_name"],
            patronymic=options["patronymic"],
            post=options["post"],
            email=options["email"],
            password_is_temporary=options["one_time_password"],
        )
        try:
            password = self._password(staff, options)
            staff.set_password(password)
            accounts.add(staff, by=None, at=timezone.now())
        except ValidationError as error:
            raise CommandError("\n".join(_lines(error))) from error
        place = f" at {staff.desk}" if staff.desk else ""
        self.stdout.write(f"{staff.username} is {staff.get_role_display()}{place}.")
        if options["one_time_password"]:
            self.stdout.write(f"One-time password, shown only now: {password}")

    def _password(self, staff: Staff, options: dict[str, Any]) -> str:
        if options["one_time_password"]:
            return accounts.make_one_time_password()
        file = options["password_file"]
        password = _first_line(file) if file else _asked_twice()
        validate_password(password, staff)
        return password


def _desk(named: str, role: Role) -> Any:
    """The desk that was named; the only one of its kind when none was. None when there is no telling yet."""
    desks = accounts.desks()
    if not named:
        kinds = [kind.value for kind in DESKS_OF_ROLE[role]]
        found = desks.filter(kind__in=kinds) if len(kinds) == 1 else desks.none()
        return found.get() if found.count() == 1 else None
    kind, _, where = named.partition(":")
    if kind.isdecimal():
        found = desks.filter(pk=int(kind))
    elif kind == DeskKind.CLINIC:
        found = desks.filter(kind=kind, organisation__bin=where) | desks.filter(
            kind=kind, organisation__source_key=where
        )
    elif where:
        found = desks.filter(kind=kind, region__iso=where) | desks.filter(kind=kind, region__kato=where)
    else:
        found = desks.filter(kind=kind)
    if found.count() != 1:
        raise CommandError(f"--desk {named}: {found.count()} desks are named so. Give {WAYS_TO_NAME_A_DESK}.")
    return found.get()


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except OSError as error:
        raise CommandError(f"--password-file {file}: it cannot be read ({error.strerror}).") from error


def _asked_twice() -> str:
    try:
        password, again = getpass("Password: "), getpass("Once more: ")
    except EOFError as error:
        raise CommandError("Nobody is there to type a password: use --password-file or --one-time-password.") from error
    if password != again:
        raise CommandError("The two passwords differ. Nothing was added.")
    return password


def _lines(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    return [f"{field}: {text}" for field, texts in error.message_dict.items() for text in texts]
