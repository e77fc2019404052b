"""Facts as lines on the standard error, as structlog writes them: from a level on, beside what `logging` writes."""

import logging
import sys
from typing import Any

import structlog


def log_to_standard_error(level: str) -> None:
    """Write lines of this level and above: time, level, event and its facts, without colours."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=_on_standard_error,
        cache_logger_on_first_use=False,
    )


def _on_standard_error(*_: Any) -> structlog.PrintLogger:
    """Asked for at every line, since the standard error may have been led elsewhere meanwhile."""
    return structlog.PrintLogger(sys.stderr)
