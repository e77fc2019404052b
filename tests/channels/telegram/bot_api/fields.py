"""The fields of a request, as clients put them: into a form, with files beside them, or into JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.channels.telegram.bot_api.refused import bad


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that came with a request."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fields:
    """What a request brought; a field that is missing, or is not what it should be, is refused."""

    values: Mapping[str, Any]
    files: Mapping[str, Uploaded]

    def text(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, default)
        if value is None:
            raise bad(f"{name} is required")
        if not isinstance(value, str):
            raise bad(f"{name} must be of type String")
        return value

    def number(self, name: str, default: int | None = None) -> int:
        value = self.values.get(name, default)
        if value is None:
            raise bad(f"{name} is required")
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad(f"{name} must be an Integer") from None

    def structure(self, name: str, kind: type) -> Any:
        """A value of JSON; None when it did not come."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise bad(f"can't parse {name}: it is not JSON") from None
        if not isinstance(value, kind):
            raise bad(f"can't parse {name}: a {kind.__name__} was expected")
        return value

    def file(self, name: str) -> Uploaded:
        """A file, behind its own name or behind "attach://…"."""
        said = self.values.get(name)
        of = said.removeprefix("attach://") if isinstance(said, str) and said.startswith("attach://") else name
        if of not in self.files:
            raise bad(f"there is no {name} in the request")
        if not self.files[of].content:
            raise bad("file must be non-empty")
        return self.files[of]
