"""Where the language of the page that is being made is kept."""

import threading

from django.utils.translation import trans_real


def keep_language_with_thread() -> None:
    """Keep it with the thread and nothing more, for a process in which threads make pages and coroutines never do.

    Django keeps it where a coroutine would find it too, behind a lock that all threads share. A page that is made asks
    for it a hundred times, which was a twelfth of what making it took.
    """
    trans_real._active = threading.local()  # type: ignore[attr-defined]
