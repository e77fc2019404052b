import pytest

from tests.channels.telegram.phone import Phone


@pytest.fixture
def phone(world: object) -> Phone:
    """Somebody whose Telegram speaks English, in the small world of the tests."""
    return Phone()
