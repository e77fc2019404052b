"""What makes work at the desk comfortable. None of it is part of the record: lost, it would be missed, not mourned."""

from qorgau.workplace.models.case_file import CaseFile
from qorgau.workplace.models.export import Export
from qorgau.workplace.models.macro import Macro
from qorgau.workplace.models.many import ManyOutcome, ManyRun
from qorgau.workplace.models.own_text import OwnText, TemplateUse
from qorgau.workplace.models.saved_view import FirstView, SavedView
from qorgau.workplace.models.seen import Seen

__all__ = [
    "CaseFile",
    "Export",
    "FirstView",
    "Macro",
    "ManyOutcome",
    "ManyRun",
    "OwnText",
    "SavedView",
    "Seen",
    "TemplateUse",
]
