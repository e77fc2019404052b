"""Facts as lines on the standard error, as structlog writes them: from a level on, beside what `logging` writes."""

import logging
import sys
from http import HTTPStatus
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


class OnlyTrouble(logging.Filter):
    """Django warns of every answer from 400 on. A form that came back with a word beside a field (422) is no trouble:
    a line for those who want to read of everything."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) != HTTPStatus.UNPROCESSABLE_ENTITY:
            return True
        record.levelno, record.levelname = logging.INFO, logging.getLevelName(logging.INFO)
        return logging.getLogger(record.name).isEnabledFor(logging.INFO)


class OneLine(logging.Filter):
    """More was sent than we read at once: that is nobody's fault in the program, so where it was sent says enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        record.msg, record.args = "%s: %s", (record.msg, ascii(record.request.path))  # type: ignore[attr-defined]
        record.exc_info = None
        return logging.getLogger(record.name).isEnabledFor(logging.WARNING)
