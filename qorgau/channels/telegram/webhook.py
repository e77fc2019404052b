"""Where Telegram delivers updates by itself: kept and acknowledged at once, answered by the bot afterwards."""

import json
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from qorgau.channels.telegram.inbox import take_in, wake_the_bot

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST = 1_000_000
"""Telegram's own updates are a hundred times smaller."""


def webhook(request: HttpRequest) -> HttpResponse:
    """Keep one update. Whoever does not know the secret, or asks in another way, is told nothing more."""
    secret = settings.TELEGRAM_WEBHOOK_SECRET
    told = request.headers.get(HEADER, "")
    if not (settings.TELEGRAM_TOKEN and secret and constant_time_compare(told, secret)):
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "POST"})
    update = _update_in(request)
    if update is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    try:
        with transaction.atomic():
            if take_in(settings.TELEGRAM_BOT, [update], timezone.now()):
                wake_the_bot()
    except (DatabaseError, InterfaceError):
        # Telegram delivers it again.
        return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
    return HttpResponse(status=HTTPStatus.OK)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Any other address of this door."""
    return HttpResponse(status=HTTPStatus.NOT_FOUND)


def _update_in(request: HttpRequest) -> dict[str, object] | None:
    try:
        length = int(request.headers.get("Content-Length", "0"))
        update = json.loads(request.read(LONGEST)) if length <= LONGEST else None
    except (ValueError, OSError, RecursionError):
        return None
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        return None
    return update
