"""Finding the translatable texts of Django's own templates, as Babel's extraction wants them (see babel.cfg)."""

import io
from collections.abc import Collection, Generator, Mapping
from typing import Any, BinaryIO

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract(
    file: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Generator[Any, None, None]:
    """The texts of one template: Django turns its tags into calls of gettext, Babel reads those."""
    calls = templatize(file.read().decode(str(options.get("encoding", "utf-8"))))
    # What is not a call has become X's, standing anywhere in the line; Python would stumble over the indentation.
    unindented = "\n".join(line.strip() for line in calls.split("\n"))
    return extract_python(io.BytesIO(unindented.encode()), keywords, comment_tags, {"encoding": "utf-8"})
