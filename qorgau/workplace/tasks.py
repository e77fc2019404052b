"""What the worker does for the desk. It looks for its work in modules of this name."""

from qorgau.workplace.case_file.tasks import clear_old_case_files, make_case_file
from qorgau.workplace.export.ready_letter import send_ready_letter
from qorgau.workplace.export.tasks import clear_old_exports, make_export

__all__ = ["clear_old_case_files", "clear_old_exports", "make_case_file", "make_export", "send_ready_letter"]
