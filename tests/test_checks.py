"""Wrong or missing configuration speaks at start-up, with a hint."""

import base64
from typing import Any

import pytest
from django.conf import LazySettings

from qorgau.checks import check_configuration, refuse_wrong_configuration
from qorgau.lib.environment import WrongSetting

TOKEN = "4242:only-for-tests-only-for-tests-only"
RIGHT: dict[str, Any] = {
    "SECRET_KEY": "x" * 50,
    "DATA_KEY": base64.b64encode(bytes(32)).decode(),
    "PUBLIC_ADDRESS": "https://appeals.example.kz",
    "ALLOWED_HOSTS": ["appeals.example.kz"],
    "NOTICE_TRANSPORTS": {"email": "smtp", "sms": "http"},
    "EMAIL_HOST": "mail.example.kz",
    "SMS_GATEWAY_URL": "https://gateway.example.kz/send",
    "QUIET_HOURS": (21, 9),
    "OPENINGS_KEPT_YEARS": 5,
    "DATABASE_URL": "postgresql://qorgau@db.example.kz/qorgau",
    "DEMO": False,
}


def found(settings: LazySettings, **wrong: Any) -> list[str]:
    for name, value in {**RIGHT, **wrong}.items():
        setattr(settings, name, value)
    return [fault.id or "" for fault in check_configuration()]


def test_a_right_configuration_is_silent(settings: LazySettings) -> None:
    assert found(settings) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"SECRET_KEY": ""}, "qorgau.E001"),
        ({"SECRET_KEY": "short"}, "qorgau.E001"),
        ({"DATA_KEY": ""}, "qorgau.E002"),
        ({"DATA_KEY": "not base64!"}, "qorgau.E003"),
        ({"DATA_KEY": base64.b64encode(bytes(16)).decode()}, "qorgau.E003"),
        ({"PUBLIC_ADDRESS": "appeals.example.kz"}, "qorgau.E004"),
        ({"PUBLIC_ADDRESS": "ftp://appeals.example.kz"}, "qorgau.E004"),
        ({"PUBLIC_ADDRESS": "https://[appeals.example.kz"}, "qorgau.E004"),
        ({"PUBLIC_ADDRESS": "https://appeals.example.kz:port"}, "qorgau.E004"),
        ({"PUBLIC_ADDRESS": "https://appeals.example.kz/qorgau"}, "qorgau.E004"),
        ({"ALLOWED_HOSTS": ["localhost"]}, "qorgau.E005"),
        ({"NOTICE_TRANSPORTS": {"email": "pigeon", "sms": "http"}}, "qorgau.E006"),
        ({"NOTICE_TRANSPORTS": {"email": "smtp", "sms": "pigeon"}}, "qorgau.E006"),
        ({"EMAIL_HOST": ""}, "qorgau.E007"),
        ({"SMS_GATEWAY_URL": ""}, "qorgau.E008"),
        ({"SMS_GATEWAY_URL": "gateway.example.kz"}, "qorgau.E008"),
        ({"SMS_GATEWAY_URL": "https://[gateway"}, "qorgau.E008"),
        ({"QUIET_HOURS": (24, 9)}, "qorgau.E009"),
        ({"QUIET_HOURS": (21, 25)}, "qorgau.E009"),
        ({"QUIET_HOURS": (-1, 9)}, "qorgau.E009"),
        ({"DATABASE_URL": "mysql://db/qorgau"}, "qorgau.E010"),
        ({"OPENINGS_KEPT_YEARS": 4}, "qorgau.E011"),
        ({"INSURED_SOURCE": "elsewhere"}, "qorgau.E012"),
        ({"INSURED_SOURCE": "remote", "INSURED_URL": "register.example.kz"}, "qorgau.E013"),
        ({"INSURED_SOURCE": "remote", "INSURED_URL": "https://register:fhir"}, "qorgau.E013"),
        ({"PROOF_PHONES": "some"}, "qorgau.E014"),
        ({"PROOF_PHONES": "any", "DEMO": False}, "qorgau.W002"),
        ({"OIDC_URL": "idp.example.kz", "OIDC_CLIENT": "qorgau"}, "qorgau.E015"),
        ({"OIDC_URL": "https://idp.example.kz", "OIDC_CLIENT": ""}, "qorgau.E015"),
        ({"NOTICE_TRANSPORTS": {"email": "console", "sms": "http"}}, "qorgau.W001"),
        ({"TELEGRAM_TOKEN": "my bot"}, "qorgau.E016"),
        ({"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API": "api.telegram.org"}, "qorgau.E017"),
        ({"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "short", "HTTPS": True}, "qorgau.E018"),
        ({"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "x" * 20 + "ы", "HTTPS": True}, "qorgau.E018"),
        ({"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "x" * 20, "HTTPS": False}, "qorgau.E019"),
        ({"TELEGRAM_TOKEN": TOKEN, "PUBLIC_ADDRESS": "http://localhost:8000", "ALLOWED_HOSTS": ["*"]}, "qorgau.W003"),
    ],
)
def test_what_is_wrong_is_named(settings: LazySettings, wrong: dict[str, Any], says: str) -> None:
    assert found(settings, **wrong) == [says]


@pytest.mark.parametrize("allowed", ["*", ".example.kz", "appeals.example.kz"])
def test_a_host_may_be_let_in_by_pattern(settings: LazySettings, allowed: str) -> None:
    assert found(settings, ALLOWED_HOSTS=[allowed]) == []


def test_the_default_address_is_let_in_by_the_default_hosts(settings: LazySettings) -> None:
    hosts = ["localhost", "127.0.0.1", "[::1]"]
    assert found(settings, ALLOWED_HOSTS=hosts, PUBLIC_ADDRESS="http://127.0.0.1:8000") == []
    assert found(settings, ALLOWED_HOSTS=hosts, PUBLIC_ADDRESS="http://[::1]:8000") == []


def test_a_demo_may_keep_its_notices_in_the_log(settings: LazySettings) -> None:
    assert found(settings, DEMO=True, NOTICE_TRANSPORTS={"email": "console", "sms": "console"}) == []


def test_every_error_is_told_at_once_and_with_its_hint(settings: LazySettings) -> None:
    found(settings, DATA_KEY="", QUIET_HOURS=(21, 25))
    with pytest.raises(WrongSetting) as refusal:
        refuse_wrong_configuration()
    lines = str(refusal.value).splitlines()
    assert lines[0] == "The configuration cannot be used:"
    assert lines[1] == "  qorgau.E002: QORGAU_DATA_KEY is not set: it seals identity numbers."
    assert lines[2].startswith("    Make one with: python3 -c ")
    assert lines[3] == "  qorgau.E009: Quiet hours from 21 to 25 are not hours of a day."
    assert lines[4] == (
        "    QORGAU_QUIET_FROM is 0 to 23 and QORGAU_QUIET_TO is 0 to 24; two equal hours mean: never quiet."
    )


def test_a_warning_does_not_keep_us_from_starting(settings: LazySettings) -> None:
    found(settings, NOTICE_TRANSPORTS={"email": "console", "sms": "http"})
    assert refuse_wrong_configuration() == [
        "  qorgau.W001: Notices are only written to the log: people will hear nothing.\n"
        "    Set QORGAU_EMAIL_TRANSPORT=smtp and QORGAU_SMS_TRANSPORT=http."
    ]
