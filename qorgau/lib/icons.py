"""Our own line icons and the mark, as inline SVG: no request, no font, the colour of the words beside them.

Icons are drawn on a grid of 24 with a line of 1.75. They only accompany words, so screen readers pass them over.
"""

from functools import lru_cache

from markupsafe import Markup

_LINES = {
    "arrow-left": "M19 12H5M11 6l-6 6 6 6",
    "arrow-right": "M5 12h14M13 6l6 6-6 6",
    "arrow-up": "M12 19V5M6 11l6-6 6 6",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4",
    "book": "M4 5.5A2.5 2.5 0 0 1 6.5 3H20v15H6.5A2.5 2.5 0 0 0 4 20.5zM4 20.5A2.5 2.5 0 0 0 6.5 21H20v-3",
    "building": "M4 21V6l8-3 8 3v15M2 21h20M9 21v-4h6v4M8 9h2M14 9h2M8 13h2M14 13h2",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8 3v5M16 3v5",
    "chat": "M4 5h16v11h-8l-5 4v-4H4zM8 9.5h8M8 12.5h5",
    "check": "M4.5 12.5l5 5 10-11",
    "chevron-down": "M6 9l6 6 6-6",
    "chevron-right": "M9 6l6 6-6 6",
    "clip": "M20 11.5l-8.2 8.2a5 5 0 0 1-7-7l8.7-8.7a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.5l3.5 2",
    "cross": "M6 6l12 12M18 6L6 18",
    "desk": "M3 10h18M5 10v10M19 10v10M13 10v6h6M7 10V5h10v5",
    "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "eye": (
        "M2 12c2.5-4.5 6-6.5 10-6.5s7.5 2 10 6.5c-2.5 4.5-6 6.5-10 6.5S4.5 16.5 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"
    ),
    "file": "M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h5",
    "filter": "M4 5h16l-6 8v6l-4-2v-4z",
    "flag": "M5 21V4M5 4.5c4-2 7 2 13 0v9c-6 2-9-2-13 0",
    "globe": (
        "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 2.7 4 5.6 4 9s-1 6.3-4 9c-3-2.7-4-5.6-4-9s1-6.3 4-9z"
    ),
    "heart": (
        "M12 20S4 15 4 9.3C4 6.5 6 5 8 5c1.8 0 3.2 1 4 2.5C12.8 6 14.2 5 16 5c2 0 4 1.5 4 4.3C20 15 12 20 12 20z"
    ),
    "home": "M4 11l8-7 8 7v9h-5.5v-6h-5v6H4z",
    "hourglass": "M6 3h12M6 21h12M7.5 3v4L12 12l4.5-5V3M7.5 21v-4L12 12l4.5 5v4",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.5v.1",
    "keyboard": "M3 6.5h18v11H3zM7 10v.1M11 10v.1M15 10v.1M17.5 10v.1M7 14v.1M10 14h5M17.5 14v.1",
    "lightbulb": "M9 17.5h6M10 21h4M9 17.5c0-2.5-3-3.5-3-7.5a6 6 0 0 1 12 0c0 4-3 5-3 7.5",
    "link": (
        "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1.5 1.5M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1.5-1.5"
    ),
    "list": "M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1",
    "lock": "M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2.5",
    "mail": "M3 6h18v13H3zM3.5 7l8.5 6.5L20.5 7",
    "menu": "M4 6.5h16M4 12h16M4 17.5h16",
    "minus": "M5 12h14",
    "pause": "M8.5 5.5v13M15.5 5.5v13",
    "pen": "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5",
    "phone": (
        "M6.5 3.5h3l1.5 4.5-2 1.7a12 12 0 0 0 5.3 5.3"
        "l1.7-2 4.5 1.5v3c0 1.7-1.3 3-3 3C10 20 4 14 3.5 6.5c0-1.7 1.3-3 3-3z"
    ),
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
    "question": (
        "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.3 9.5c.2-1.7 1.3-2.5 2.8-2.5s2.7 1 2.7 2.4c0 2-2.7 2.1-2.7 4.1"
        "M12.1 17v.1"
    ),
    "return": "M9 14l-5-5 5-5M4.5 9H14a5.5 5.5 0 0 1 0 11H8",
    "ring": "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3L20.5 20.5",
    "send": "M21 3L3 10.5l7 3 3 7zM21 3L10 13.5",
    "shield": "M12 3l8 3v5.5c0 4.7-3.3 8-8 9.5-4.7-1.5-8-4.8-8-9.5V6zM8.5 12l2.5 2.5 4.5-5",
    "sign-out": "M10 4H5v16h5M10 12h10M16 8l4 4-4 4",
    "star": "M12 3.5l2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17.1 6.7 20l1.1-6-4.4-4.2 6-.8z",
    "user": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c.7-4 3.6-5.5 7.5-5.5s6.8 1.5 7.5 5.5",
    "users": (
        "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.5c.5-3.5 3-5 6.5-5s6 1.5 6.5 5"
        "M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.8c2.3.5 3.7 2 4 4.7"
    ),
    "warning": "M12 4L2.5 20h19zM12 10v5M12 17.5v.1",
}

_FILLED = {
    "half": "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm0 2.2v9.6a4.8 4.8 0 0 1 0-9.6z",
    "dot": "M12 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12z",
    "square": "M6 6h12v12H6z",
    "alarm": "M12 3.5L1.8 20.8h20.4zM11 9.5h2v6h-2zm0 7.3h2v2h-2z",
}

NAMES = frozenset(_LINES) | frozenset(_FILLED)


@lru_cache(maxsize=len(NAMES) * 2)
def icon(name: str, more: str = "") -> Markup:
    """An icon by its name; ``more`` adds classes. An unknown name raises KeyError, so that a page's test finds it."""
    classes = f"icon {more}".strip()
    if name in _FILLED:
        drawing = f'<path fill="currentColor" fill-rule="evenodd" d="{_FILLED[name]}"/>'
    else:
        drawing = (
            '<path fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"'
            f' stroke-linejoin="round" d="{_LINES[name]}"/>'
        )
    return Markup(  # noqa: S704 - our own drawing
        f'<svg class="{classes}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        f"{drawing}</svg>"
    )


SHIELD = "M24 2.5 42.5 8.5V23c0 11-7.5 18.8-18.5 22.5C13 41.8 5.5 34 5.5 23V8.5z"
HORNS = (
    "M24 38V23.5C24 16 20.2 12 16 12c-3.6 0-5.8 2.7-5.8 5.6 0 2.7 2 4.7 4.4 4.7 2 0 3.4-1.4 3.4-3.2"
    "M24 23.5C24 16 27.8 12 32 12c3.6 0 5.8 2.7 5.8 5.6 0 2.7-2 4.7-4.4 4.7-2 0-3.4-1.4-3.4-3.2"
    "M17.5 30.5 24 34.5l6.5-4"
)


@lru_cache(maxsize=4)
def mark(more: str = "") -> Markup:
    """The mark: a shield that holds the ram's horns (қошқар мүйіз), here an old sign of well-being and protection."""
    classes = f"mark {more}".strip()
    return Markup(  # noqa: S704 - our own drawing
        f'<svg class="{classes}" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">'
        f'<path class="mark-shield" d="{SHIELD}"/>'
        f'<path class="mark-horns" fill="none" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'
        f' d="{HORNS}"/>'
        "</svg>"
    )
