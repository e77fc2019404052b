from qorgau.directory.models.answer_template import AnswerTemplate
from qorgau.directory.models.change import Change
from qorgau.directory.models.checklist import Checklist, ChecklistStep
from qorgau.directory.models.clinic_choice import AttachmentReason, ChoiceCampaign
from qorgau.directory.models.deadline_policy import DeadlinePolicy
from qorgau.directory.models.desk import Desk
from qorgau.directory.models.directory_version import DirectoryVersion
from qorgau.directory.models.handling_limit import HandlingLimit
from qorgau.directory.models.holiday import HolidayOverride
from qorgau.directory.models.insurance import (
    ContributionRate,
    InsuranceCategory,
    InsuranceRules,
    InsuranceWarnings,
    OfficialAmount,
)
from qorgau.directory.models.label import Label
from qorgau.directory.models.organisation import Organisation
from qorgau.directory.models.own_field import OwnField
from qorgau.directory.models.region import Region
from qorgau.directory.models.state_label import StateLabel
from qorgau.directory.models.topic import Topic
from qorgau.directory.models.working_hours import WorkingHours

__all__ = [
    "AnswerTemplate",
    "AttachmentReason",
    "Change",
    "Checklist",
    "ChecklistStep",
    "ChoiceCampaign",
    "ContributionRate",
    "DeadlinePolicy",
    "Desk",
    "DirectoryVersion",
    "HandlingLimit",
    "HolidayOverride",
    "InsuranceCategory",
    "InsuranceRules",
    "InsuranceWarnings",
    "Label",
    "OfficialAmount",
    "Organisation",
    "OwnField",
    "Region",
    "StateLabel",
    "Topic",
    "WorkingHours",
]
