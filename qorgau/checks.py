"""What is wrong with the configuration, said at start-up with a hint. Meanings of all variables: docs/running.md."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured

from qorgau.lib.environment import WrongSetting
from qorgau.lib.sealed import read_key
from qorgau.lib.telegram.says import opens

TAG = "qorgau"
SHORTEST_SECRET = 32
_TELEGRAM_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{10,100}")
_TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


@register(TAG)
def check_configuration(**_: Any) -> list[CheckMessage]:
    """Every fault of the configuration at once."""
    return [
        *_secret_key(),
        *_data_key(),
        *_address(),
        *_transports(),
        *_quiet_hours(),
        *_telegram(),
        *_openings(),
        *_insured(),
        *_proof(),
        *_sign_in_elsewhere(),
        *_database(),
    ]


def refuse_wrong_configuration() -> list[str]:
    """Raise WrongSetting with every error found, each with its hint; returns the warnings."""
    found = run_checks(tags=[TAG])
    if errors := [fault for fault in found if fault.is_serious()]:
        raise WrongSetting("\n".join(["The configuration cannot be used:", *map(_spoken, errors)]))
    return [_spoken(fault) for fault in found]


def _spoken(fault: CheckMessage) -> str:
    return f"  {fault.id}: {fault.msg}\n    {fault.hint}"


def _parts(address: str) -> SplitResult:
    """What an address is made of; nothing when it cannot be taken apart."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - a port that is no number shows only here
    except ValueError:
        return urlsplit("")
    return parts


def _is_web_address(address: str) -> bool:
    parts = _parts(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _secret_key() -> Iterator[CheckMessage]:
    try:
        length = len(settings.SECRET_KEY)
    except ImproperlyConfigured:  # so Django meets an empty one
        length = 0
    if length < SHORTEST_SECRET:
        fault = f"has fewer than {SHORTEST_SECRET} characters" if length else "is not set"
        yield Error(
            f"QORGAU_SECRET_KEY {fault}: it signs cookies and links.",
            hint='Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(50))". '
            "A demo makes its own keys: qorgau run --demo",
            id="qorgau.E001",
        )


def _data_key() -> Iterator[CheckMessage]:
    hint = (
        "Make one with: "
        'python3 -c "import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())". '
        "Keep a copy apart from the database: without this key sealed identity numbers are lost."
    )
    if not settings.DATA_KEY:
        yield Error("QORGAU_DATA_KEY is not set: it seals identity numbers.", hint=hint, id="qorgau.E002")
        return
    try:
        read_key(settings.DATA_KEY)
    except ValueError:
        yield Error("QORGAU_DATA_KEY is not 32 bytes in base64.", hint=hint, id="qorgau.E003")


def _address() -> Iterator[CheckMessage]:
    address = _parts(settings.PUBLIC_ADDRESS)
    if not _is_web_address(settings.PUBLIC_ADDRESS) or not address.hostname:
        yield Error(
            f"QORGAU_ADDRESS={settings.PUBLIC_ADDRESS!r} is not an address.",
            hint="It begins with http:// or https://, as people type it: QORGAU_ADDRESS=https://appeals.example.kz",
            id="qorgau.E004",
        )
        return
    if not _is_let_in(address.hostname):
        yield Error(
            f"QORGAU_HOSTS does not name {address.hostname}, the host of QORGAU_ADDRESS: no request will be let in.",
            hint=f"Set QORGAU_HOSTS={address.hostname}",
            id="qorgau.E005",
        )
    if address.path not in ("", "/"):
        yield Error(
            f"QORGAU_ADDRESS={settings.PUBLIC_ADDRESS!r} has a path; Qorgau needs a host of its own.",
            hint=f"Set QORGAU_ADDRESS={address.scheme}://{address.netloc}",
            id="qorgau.E004",
        )


def _is_let_in(host: str) -> bool:
    return any(
        allowed == "*" or allowed.strip("[]") == host or (allowed.startswith(".") and f".{host}".endswith(allowed))
        for allowed in settings.ALLOWED_HOSTS
    )


def _transports() -> Iterator[CheckMessage]:
    from qorgau.notices.transports import KNOWN  # its models are there only once Django has been set up

    chosen = settings.NOTICE_TRANSPORTS
    for way, known in KNOWN.items():
        if chosen[way] not in known:
            yield Error(
                f"QORGAU_{way.upper()}_TRANSPORT={chosen[way]!r} is not known.",
                hint=f"Choose one of: {', '.join(known)}",
                id="qorgau.E006",
            )
    if chosen["email"] == "smtp" and not settings.EMAIL_HOST:
        yield Error(
            "E-mail is to leave by SMTP, and no server is named.",
            hint="Set QORGAU_SMTP_HOST (and QORGAU_SMTP_PORT, QORGAU_SMTP_USER, QORGAU_SMTP_PASSWORD if it asks).",
            id="qorgau.E007",
        )
    if chosen["sms"] == "http" and not _is_web_address(settings.SMS_GATEWAY_URL):
        yield Error(
            "SMS are to leave through an HTTP gateway, and QORGAU_SMS_URL is not an address.",
            hint="Set QORGAU_SMS_URL=https://… as the gateway's operator gave it, or QORGAU_SMS_TRANSPORT=console.",
            id="qorgau.E008",
        )
    if not settings.DEMO and "console" in chosen.values():
        yield Warning(
            "Notices are only written to the log: people will hear nothing.",
            hint="Set QORGAU_EMAIL_TRANSPORT=smtp and QORGAU_SMS_TRANSPORT=http.",
            id="qorgau.W001",
        )


def _quiet_hours() -> Iterator[CheckMessage]:
    begins, ends = settings.QUIET_HOURS
    if not (0 <= begins <= 23 and 0 <= ends <= 24):
        yield Error(
            f"Quiet hours from {begins} to {ends} are not hours of a day.",
            hint="QORGAU_QUIET_FROM is 0 to 23 and QORGAU_QUIET_TO is 0 to 24; two equal hours mean: never quiet.",
            id="qorgau.E009",
        )


def _telegram() -> Iterator[CheckMessage]:
    if not settings.TELEGRAM_TOKEN:
        return
    if not _TELEGRAM_TOKEN.fullmatch(settings.TELEGRAM_TOKEN):
        yield Error(
            "TELEGRAM_TOKEN is not a token of a bot.",
            hint="BotFather gives it: a number, a colon, and some 35 letters, digits, hyphens and underscores.",
            id="qorgau.E016",
        )
    if not _is_web_address(settings.TELEGRAM_API):
        yield Error(
            f"QORGAU_TELEGRAM_API={settings.TELEGRAM_API!r} is not an address.",
            hint="Leave it out for Telegram's own server, or set the address of yours: http://127.0.0.1:8081",
            id="qorgau.E017",
        )
    if _is_web_address(settings.PUBLIC_ADDRESS) and not opens(settings.PUBLIC_ADDRESS):
        yield Warning(
            f"Telegram takes no button that opens QORGAU_ADDRESS={settings.PUBLIC_ADDRESS}: the bot leaves its buttons "
            "to the site out.",
            hint="Set QORGAU_ADDRESS to a name with a dot in it, as telephones reach it: https://appeals.example.kz",
            id="qorgau.W003",
        )
    secret = settings.TELEGRAM_WEBHOOK_SECRET
    if not secret:
        return
    if not _TELEGRAM_SECRET.fullmatch(secret):
        yield Error(
            "QORGAU_TELEGRAM_WEBHOOK_SECRET has signs that Telegram does not take, or too few or too many.",
            hint="16 to 256 letters, digits, hyphens and underscores: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(32))"',
            id="qorgau.E018",
        )
    if not settings.HTTPS:
        yield Error(
            "Telegram delivers updates to https:// addresses only, and QORGAU_ADDRESS is none.",
            hint="Set QORGAU_ADDRESS=https://…, or leave QORGAU_TELEGRAM_WEBHOOK_SECRET out.",
            id="qorgau.E019",
        )


def _openings() -> Iterator[CheckMessage]:
    from qorgau.register.openings import LEAST_YEARS  # its models are there only once Django has been set up

    if settings.OPENINGS_KEPT_YEARS < LEAST_YEARS:
        yield Error(
            f"QORGAU_OPENINGS_KEPT_YEARS={settings.OPENINGS_KEPT_YEARS}: the database deletes no line about who "
            f"looked before {LEAST_YEARS} years are over.",
            hint=f"Set {LEAST_YEARS} or more years, or leave it out.",
            id="qorgau.E011",
        )


def _proof() -> Iterator[CheckMessage]:
    from qorgau.register.known_phones import PhonesTrusted  # its models are there only once Django has been set up

    if settings.PROOF_PHONES not in set(PhonesTrusted):
        yield Error(
            f"QORGAU_PROOF_PHONES={settings.PROOF_PHONES!r} is not known.",
            hint=f"Choose one of: {', '.join(PhonesTrusted)}",
            id="qorgau.E014",
        )
    elif settings.PROOF_PHONES == PhonesTrusted.ANY and not settings.DEMO:
        yield Warning(
            "Whoever leaves an appeal with another person's IIN can read what the insured register knows of them.",
            hint="Set QORGAU_PROOF_PHONES=in_person, unless people have signed in before they reach the public site.",
            id="qorgau.W002",
        )


def _sign_in_elsewhere() -> Iterator[CheckMessage]:
    if not settings.OIDC_URL:
        return
    if not _is_web_address(settings.OIDC_URL) or not settings.OIDC_CLIENT:
        yield Error(
            "People are to sign in with OpenID Connect, and the service is not described.",
            hint="Set QORGAU_OIDC_URL=https://…, QORGAU_OIDC_CLIENT and QORGAU_OIDC_SECRET as its operator gave them.",
            id="qorgau.E015",
        )


def _insured() -> Iterator[CheckMessage]:
    from qorgau.insured.sources import KNOWN  # its models are there only once Django has been set up

    if settings.INSURED_SOURCE not in KNOWN:
        yield Error(
            f"QORGAU_INSURED_SOURCE={settings.INSURED_SOURCE!r} is not known.",
            hint=f"Choose one of: {', '.join(KNOWN)}",
            id="qorgau.E012",
        )
    if settings.INSURED_SOURCE == "remote" and not _is_web_address(settings.INSURED_URL):
        yield Error(
            "A remote register is to say who is insured, and QORGAU_INSURED_URL is not an address.",
            hint="Set QORGAU_INSURED_URL=https://…/fhir as the register's operator gave it.",
            id="qorgau.E013",
        )


def _database() -> Iterator[CheckMessage]:
    if _parts(settings.DATABASE_URL).scheme not in ("postgres", "postgresql"):
        yield Error(
            "DATABASE_URL is not an address of PostgreSQL.",
            hint="It looks like postgresql://user:password@host:5432/qorgau; without it Qorgau runs its own database.",
            id="qorgau.E010",
        )
