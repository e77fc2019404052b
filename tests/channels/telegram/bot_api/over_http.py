"""Requests and answers of the Bot API as they go over HTTP."""

from typing import Any

from aiohttp import web

from tests.channels.telegram.bot_api.fields import Fields, Uploaded
from tests.channels.telegram.bot_api.refused import Refused


async def fields_of(request: web.Request) -> Fields:
    """What a request brought, as JSON or as a form."""
    if request.content_type == "application/json":
        said = await request.json()
        return Fields(said if isinstance(said, dict) else {}, {})
    values: dict[str, Any] = dict(request.query)
    files = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Uploaded(value.filename, value.content_type, value.file.read())
        else:
            values[name] = value
    return Fields(values, files)


def answered(outcome: Any) -> web.Response:
    """What was asked for, or that it is refused, as Telegram puts it."""
    if isinstance(outcome, Refused):
        return web.json_response(outcome.as_json(), status=outcome.code)
    return web.json_response({"ok": True, "result": outcome})
