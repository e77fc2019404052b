"""The papers that the bot hands out. They are drawn when they are said, after the turn that promised them."""

from collections.abc import Callable

from qorgau.channels.telegram.dialogue.history import shown
from qorgau.channels.telegram.dialogue.writing import sending
from qorgau.lib.telegram.says import Paper

PAPERS: dict[str, Callable[[Paper], bytes]] = {
    sending.RECEIPT: sending.draw_receipt,
    shown.ANSWER: shown.draw_answer,
}
