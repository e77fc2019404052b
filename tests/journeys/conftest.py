"""A running Qorgau with a little demo, and browsers to walk through it."""

import os
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.environment import OTHER_SERVER
from tests.journeys.own_installation import OwnInstallation
from tests.journeys.visitor import Visitor

ROOT = Path(__file__).resolve().parent.parent.parent
# Nothing of value is kept, so nothing waits for the disk.
_HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_APPEALS = 40
_BROWSER_LANGUAGES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
_SECONDS = 12
_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def qorgau() -> Iterator[OwnInstallation]:
    """Database and web, with reference data, people at the desks and some appeals."""
    # Not below pytest's own folder: another run that starts meanwhile would close it to the database's account.
    with tempfile.TemporaryDirectory(prefix="qorgau-journeys-") as folder:
        installation = OwnInstallation(
            Path(folder),
            settings=_HASTY,
            server=OTHER_SERVER,
            QORGAU_SECOND_FACTOR="no",
            QORGAU_SENDINGS_PER_MINUTE="0",
        )
        try:
            installation.start(demo_appeals=_APPEALS, worker=False)
            yield installation
        finally:
            installation.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture
def visitor(
    qorgau: OwnInstallation, browser: Browser, request: pytest.FixtureRequest, screenshots: Path
) -> Iterator[Callable[..., Visitor]]:
    """Makes people with browsers of their own: `visitor("kk")`, `visitor("ru", scripts=False)`.

    When the journey fails, what each of them saw last is kept as a picture.
    """
    people: list[Visitor] = []

    def somebody(language: str, *, width: int = 1280, scripts: bool = True, axe: bool = True) -> Visitor:
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{qorgau.port}",
            locale=_BROWSER_LANGUAGES[language],
            timezone_id="Asia/Almaty",
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
        )
        context.set_default_timeout(_SECONDS * 1000)
        people.append(Visitor(context, language, scripts=scripts, axe=axe))
        return people[-1]

    yield somebody
    for serial, one in enumerate(people):
        if request.node.stash.get(_FAILED, False):
            one.page.screenshot(path=screenshots / f"failed-{request.node.name}-{serial}.png", full_page=True)
        one.context.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures of pages are kept to be looked at."""
    folder = ROOT / "var" / "screenshots"
    os.makedirs(folder, exist_ok=True)
    return folder
