"""Parts of Qorgau called directly, without the web. Imported by the processes of a crew, which set Django up here."""

import os
import threading
from itertools import cycle

import django

from bench.crew import Work

django.setup()

from bench.filling import new_appeals  # noqa: E402 - models are there only once Django has been set up
from qorgau.directory.organisation_search import find  # noqa: E402
from qorgau.intake.submit import submit  # noqa: E402

SEARCHES = (
    *("поликлиника 5", "емхана 12", "№7 қалалық", "7", "гор поликл 18", "многопрофильная", "балница 3"),
    *("аккайнар", "Ақбұлақ амбулатория", "шипа мед", "darumen", "мейрим кардио", "ТОО Денсаулық Плюс"),
    *("поликлинника номер 9", "каратау", "алмалы 4", "sarybulak", "койсай районная", "жаңатау", "нур вита"),
)
"""As people type: parts of names, numbers, slips, Kazakh without its letters, another alphabet."""


def submitting() -> Work:
    """Register one more complaint, as `intake/submit.py` does for every door."""
    coming = new_appeals(f"{os.getpid()}-{threading.get_native_id()}", seed=threading.get_native_id())

    def work() -> None:
        submit(next(coming))

    return work


def searching() -> Work:
    """Find an organisation by what somebody typed."""
    asked = cycle(SEARCHES)
    find(next(asked))

    def work() -> None:
        find(next(asked))

    return work
