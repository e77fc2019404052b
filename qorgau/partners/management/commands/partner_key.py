from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.utils import timezone

from qorgau.partners.keys import create, revoke
from qorgau.partners.models import PartnerKey
from qorgau.partners.scopes import PartnerPurpose, Scope

_DEFAULT = {field.name: field.default for field in PartnerKey._meta.concrete_fields}


class Command(BaseCommand):
    help = "Keys by which systems of partners ask ours: create, list, revoke. See docs/fhir.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        new = verbs.add_parser("create", help="make a key and print it, once")
        new.add_argument("partner", help="a short code, as it stands in the journal of look-ups: city-clinic-4")
        new.add_argument("--name", required=True, help="what the partner is called, for people")
        new.add_argument(
            "--scope", dest="scopes", action="append", required=True, choices=Scope.values, help="may be repeated"
        )
        new.add_argument("--purpose", choices=PartnerPurpose.values, default=PartnerPurpose.CARE.value)
        new.add_argument("--per-minute", type=int, default=_DEFAULT["per_minute"], help="requests (%(default)s)")
        new.add_argument("--per-day", type=int, default=_DEFAULT["per_day"], help="requests (%(default)s)")
        new.add_argument("--from", dest="valid_from", type=date.fromisoformat, help="the first day, as 2026-11-28")
        new.add_argument("--until", dest="valid_to", type=date.fromisoformat, help="the last day")
        verbs.add_parser("list", help="all keys: number, beginning, what they may ask, when they were used last")
        gone = verbs.add_parser("revoke", help="let a key open nothing any more")
        gone.add_argument("number", type=int, help="as `list` prints it")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        verbs: dict[str, Callable[..., None]] = {"create": self._create, "list": self._list, "revoke": self._revoke}
        verbs[options["verb"]](**options)

    def _create(self, **options: Any) -> None:
        told = ("partner", "name", "scopes", "purpose", "per_minute", "per_day", "valid_from", "valid_to")
        row = PartnerKey(**{name: options[name] for name in told})
        row.scopes = sorted(set(row.scopes))
        try:
            row.full_clean(exclude=["beginning", "digest", "created_at"])
        except ValidationError as error:
            lines = [f"{field}: {text}" for field, texts in error.message_dict.items() for text in texts]
            raise CommandError("\n".join(lines)) from error
        key = create(row, by=None, at=timezone.now())
        self.stdout.write(f"Key {row.pk} of {row.partner} for {', '.join(row.scopes)}. Shown only now:\n{key}")

    def _list(self, **options: Any) -> None:
        for row in PartnerKey.objects.select_related("use"):
            self.stdout.write(_line(row))

    def _revoke(self, *, number: int, **options: Any) -> None:
        row = PartnerKey.objects.filter(pk=number).first()
        if row is None:
            raise CommandError(f"There is no key {number}; `qorgau partner_key list` shows all.")
        revoked = revoke(row, by=None, at=timezone.now())
        self.stdout.write(f"Key {number} of {row.partner} {'is' if revoked else 'was'} revoked.")


def _line(row: PartnerKey) -> str:
    used = row.use.last_used_at
    return (
        f"{row.pk}  {row.partner}  {row.beginning}…  {','.join(row.scopes)}  {row.per_minute}/min {row.per_day}/day  "
        f"{row.valid_from or ''}–{row.valid_to or ''}  "
        f"{f'last used {timezone.localtime(used):%Y-%m-%d %H:%M}' if used else 'never used'}"
        f"{'  REVOKED' if row.revoked_at else '' if row.opens_on(timezone.localdate()) else '  NOT VALID TODAY'}"
    )
