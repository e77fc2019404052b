"""`python -m bench.telegram`: how many updates a second the bot answers, and how long a person waits.

A Bot API server that does next to nothing runs in a process of its own; the bot is the program that people run, with
Telegram's limits taken off, on a fresh database of default durability. First many chats have written already, then a
hundred talk at once, each a second after its last answer. Two programs of the bot run: one for each core.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psutil

from bench import ground

FOLDER = ground.FOLDER / "telegram"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.telegram", description="Measure the bot in Telegram.")
    parser.add_argument("--chats", type=int, default=200, help="how many have written at once (%(default)s)")
    parser.add_argument("--each", type=int, default=10, help="how much each of them has written (%(default)s)")
    parser.add_argument("--seconds", type=float, default=15.0, help="how long a hundred chats talk (%(default)s)")
    parser.add_argument("--programs", type=int, default=2, help="how many of the bot run (%(default)s)")
    options = parser.parse_args()
    ground.settle(FOLDER)
    os.environ |= {"QORGAU_LOG_LEVEL": "ERROR", "QORGAU_TELEGRAM_PER_SECOND": "0"}
    from bench.machine import machine
    from bench.two_inserts import two_inserts_a_second

    facts = machine()
    with ground.fresh_database(FOLDER):
        two_inserts = two_inserts_a_second()
        found = {"two_inserts": two_inserts} | _measured(options.programs, options.chats, options.each, options.seconds)
    (FOLDER / "last.json").write_text(json.dumps({"machine": facts, **found}, indent=2) + "\n")
    _tell(found)


def _measured(programs: int, chats: int, each: int, seconds: float) -> dict[str, Any]:
    words = ["--chats", str(chats), "--each", str(each), "--seconds", str(seconds)]
    with _running("bench.telegram_server", *words, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        os.environ |= {
            "TELEGRAM_TOKEN": "4242:only-for-measuring-only-for-measuring",
            "QORGAU_TELEGRAM_API": server.stdout.readline().strip(),
        }
        with ExitStack() as bots:
            verbs = ["run", *["answer"] * (programs - 1)]
            running = [bots.enter_context(_running("qorgau", "telegram", verb)) for verb in verbs]
            told: dict[str, Any] = json.loads(server.stdout.readline())
            used = [psutil.Process(bot.pid).cpu_times() for bot in running]
        return {**told, "bot_processor_seconds": sum(times.user + times.system for times in used)}


@contextmanager
def _running(module: str, *words: str, **how: Any) -> Iterator["subprocess.Popen[Any]"]:
    program = subprocess.Popen([sys.executable, "-m", module, *words], **how)
    try:
        yield program
    finally:
        program.terminate()
        program.wait(30)


def _tell(found: dict[str, Any]) -> None:
    from bench.two_inserts import in_proportion

    two, talk = found["two_inserts"], found["talking"]
    print(f"two inserts:               {two:6,.0f} a second; in proportion is where they are 2,900")
    for name, measured in (("new chats, all at once:   ", "at_once_first"), ("known chats, all at once: ", "at_once")):
        rate = found[measured]["per_second"]
        print(
            f"{name} {rate:6.0f} updates a second ({found[measured]['answered']:,.0f} answers), in proportion "
            f"{in_proportion(rate, two):.0f}, to reach 300"
        )
    p95 = talk["p95_ms"]
    print(
        f"100 chats talking:         p50 {talk['p50_ms']:.0f} ms, p95 {p95:.0f} ms, p99 {talk['p99_ms']:.0f} ms "
        f"({talk['answers']:,.0f} answers), in proportion p95 {p95 / in_proportion(1, two):.0f} ms, to reach 100"
    )


if __name__ == "__main__":
    main()
