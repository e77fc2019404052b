"""A message that was doubled is told from one that had to be said again."""

import pytest

from tests.channels.telegram.bot_api.server import Request
from tests.channels.telegram.chaos.accounts import Committed, Sending, cause, repeats, wrong
from tests.channels.telegram.chaos.killing import Kill

FIRST, SECOND = 41, 42


def sending(process: int, at: float, what: int = 7, *, code: int = 200) -> Sending:
    request = Request("sendMessage", {}, code, at, fulfilled=True, came=at, left=at)
    return Sending("bot", process, what, "Сәлем", request)


def killed(process: int, at: float) -> dict[int, Kill]:
    return {process: Kill(process, "anywhere", at, frozenset())}


@pytest.mark.parametrize(
    ("sent", "deaths", "not_gone", "because"),
    [
        ([sending(FIRST, 1), sending(FIRST, 2)], {}, set(), ""),
        ([sending(FIRST, 1), sending(SECOND, 9)], killed(FIRST, 8), set(), ""),
        ([sending(FIRST, 1), sending(SECOND, 3)], killed(SECOND, 4), set(), ""),
        ([sending(FIRST, 1), sending(SECOND, 3)], killed(FIRST, 2), set(), "its sender was killed"),
        ([sending(FIRST, 2), sending(SECOND, 3)], killed(FIRST, 1), set(), "the dead was heard"),
        ([sending(SECOND, 2), sending(FIRST, 3)], killed(FIRST, 1), set(), "the dead was heard after the living"),
        ([sending(FIRST, 1, code=0), sending(FIRST, 4)], {}, set(), "the answer was lost"),
        ([sending(FIRST, 1), sending(FIRST, 4)], {}, {7}, "the answer came too late"),
    ],
)
def test_every_repeat_has_its_cause_or_none(
    sent: list[Sending], deaths: dict[int, Kill], not_gone: set[int], because: str
) -> None:
    (repeat,) = repeats(sent)
    assert cause(repeat, deaths, not_gone) == because


def test_the_same_words_said_anew_are_no_repeat() -> None:
    assert repeats([sending(FIRST, 1), sending(FIRST, 2, what=8)]) == []


def test_what_is_missing_or_out_of_order_is_told() -> None:
    wanted = [Committed(7, "Сәлем", 0, 0), Committed(8, "Сәлем", 0, 0)]
    one, other = sending(FIRST, 1), sending(FIRST, 2, what=8)
    assert wrong(wanted, [one, one, other, one]) == ""
    assert wrong(wanted, [one])
    assert wrong(wanted, [other, one])
    assert wrong([wanted[0], Committed(8, "Басқа", 0, 0)], [one, other])
