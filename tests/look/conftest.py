"""A real browser that gets our pages and files without any server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

ADDRESS = "http://qorgau.test"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@pytest.fixture
def look(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of HTML in the browser, our styles and scripts with it."""
    contexts = []

    def looked_at(html: str, *, width: int = 360, **more: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **more)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", lambda route: serve(route, html))
        page.goto(f"{ADDRESS}/kk/parts/")
        return page

    yield looked_at
    for context in contexts:
        context.close()


def serve(route: Route, html: str) -> None:
    path = urlsplit(route.request.url).path
    if not path.startswith("/static/"):
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
        return
    found = finders.find(path.removeprefix("/static/"))
    assert isinstance(found, str), f"no static file {path}"
    route.fulfill(body=Path(found).read_bytes(), content_type=TYPES[Path(found).suffix])
