"""Labels and own fields of appeals, read for lists, cards and exports: one query for any number of appeals.

Whoever asks has found the appeals through `register/scope.py`.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Exists, OuterRef, Q

from qorgau.directory.models import Label
from qorgau.directory.reference import current
from qorgau.lib.kept_queries import KeptQuery, any_of
from qorgau.register.models import AppealLabel, FieldValue

LABELS = KeptQuery(
    lambda: AppealLabel.objects.filter(any_of("appeal_id", "appeals")).values_list("appeal_id", "label_id")
)
VALUES = KeptQuery(
    lambda: FieldValue.objects.filter(any_of("appeal_id", "appeals")).values_list("appeal_id", "field_id", "value")
)


def labels_of(appeal_ids: Iterable[int]) -> dict[int, list[Label]]:
    """The labels of each appeal in their places, ended ones too; an appeal without any is left out. One query."""
    known = current().labels
    found: dict[int, list[Label]] = {}
    for appeal_id, label_id in LABELS.all(appeals=list(appeal_ids)):
        if label_id in known:
            found.setdefault(appeal_id, []).append(known[label_id])
    for labels in found.values():
        labels.sort(key=lambda label: (label.position, label.code))
    return found


def values_of(appeal_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """What is filled in the own fields of each appeal, by the code of the field. One query."""
    known = current().own_fields
    found: dict[int, dict[str, str]] = {}
    for appeal_id, field_id, value in VALUES.all(appeals=list(appeal_ids)):
        if field_id in known:
            found.setdefault(appeal_id, {})[known[field_id].code] = value
    return found


def with_any_label(codes: Sequence[str]) -> Q:
    """The condition of appeals that carry at least one of the labels, for a query that the scope began."""
    ids = [label.pk for label in current().labels.values() if label.code in codes]
    return Q(Exists(AppealLabel.objects.filter(appeal_id=OuterRef("pk"), label_id__in=ids)))


def label_codes(labels: Mapping[int, Sequence[Label]], appeal_id: int) -> str:
    """The labels of one appeal as a cell of an export: codes with commas, which do not depend on a language."""
    return ", ".join(label.code for label in labels.get(appeal_id, ()))
