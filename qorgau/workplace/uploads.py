"""Files given with a form: kept as soon as they arrive, so that an error in the form loses none."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from qorgau.intake.models import StagedFile
from qorgau.intake.staging import discard, stage, staged
from qorgau.lib.clean_text import clean_line
from qorgau.lib.speech import say
from qorgau.rules.problems import Problem


@dataclass(slots=True)
class Uploads:
    """The files of a form so far, and what was wrong with those that were not taken."""

    files: list[StagedFile] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(file.token for file in self.files)


class ManyFiles(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The field; what it holds is read by `read_uploads`."""

    widget = ManyFiles

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> None:
        """Nothing: each file is judged as it is kept."""


def read_uploads(request: HttpRequest) -> Uploads:
    """The files kept before (their tokens come with the form), without those taken off now, and the new ones."""
    taken_off = request.POST.get("take_off", "")
    known = [clean_line(token) for token in request.POST.getlist("kept")]
    if taken_off in known:
        discard(taken_off)
    uploads = Uploads(staged(token for token in known if token != taken_off))
    for upload in request.FILES.getlist("files"):
        try:
            uploads.files.append(stage(upload, at=timezone.now()))
        except Problem as problem:
            uploads.problems.append(say(problem.sentence))
    return uploads
