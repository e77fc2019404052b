"""Somebody who fills in forms over HTTP as a browser without JavaScript does: cookies and hidden fields go back."""

import http.client
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

Fields = list[tuple[str, str]]


@dataclass(slots=True)
class Form:
    """A form of a page, with what would be sent if nothing were typed; buttons are not in it."""

    action: str
    method: str
    fields: Fields = field(default_factory=list)

    def filled(self, values: Mapping[str, str]) -> Fields:
        """What is sent when these fields are filled in, in the order of the page; new names come last."""
        known = {name for name, _ in self.fields}
        sent = [(name, values.get(name, value)) for name, value in self.fields]
        return sent + [(name, value) for name, value in values.items() if name not in known]


@dataclass(slots=True)
class Page:
    """An answer of the site."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def form(self, action: str) -> Form:
        """The form of the page that is sent to this address."""
        return next(form for form in forms(self.text) if form.action == action and form.method == "post")


class Citizen:
    """One browser, on one connection that is opened again when it breaks."""

    def __init__(self, port: int, *, seconds: float = 20) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
        self._origin = f"http://127.0.0.1:{port}"
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Page:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, fields: Iterable[tuple[str, str]]) -> Page:
        """Send a form. Raises OSError or HTTPException when no whole answer came."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self._origin}
        return self._ask("POST", path, urlencode(list(fields)).encode(), headers)

    def complain(self, path: str, values: Mapping[str, str]) -> Form:
        """Fill in the complaint form at this address and come to the page to check: its form, ready to be sent."""
        form = self.get(path).form(path)
        checked = self.post(path, form.filled({**values, "step": "check"}))
        assert checked.status == 200, f"the form was not taken:\n{checked.text}"
        return checked.form(path)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Page:
        headers = {"Accept-Language": "ru", **headers}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._connection.request(method, path, body or None, headers)
            answer = self._connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.coded_value
        return Page(answer.status, {name.lower(): value for name, value in answer.headers.items()}, content)


def forms(html: str) -> list[Form]:
    """All forms of a page."""
    reader = _Forms()
    reader.feed(html)
    return reader.found


class _Forms(HTMLParser):
    """Reads forms the way browsers do, as far as our own pages need it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._text: list[str] | None = None
        self._name = ""
        self._chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._form = Form(urlsplit(given.get("action") or "").path, (given.get("method") or "get").lower())
            self.found.append(self._form)
        elif self._form is None:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._name, self._text = given.get("name") or "", []
        elif tag == "select":
            self._name, self._chosen = given.get("name") or "", None
        elif tag == "option" and (self._chosen is None or "selected" in given):
            self._chosen = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif self._form is not None and tag == "textarea" and self._text is not None:
            # A line break right after the opening tag is not part of the text.
            self._form.fields.append((self._name, "".join(self._text).removeprefix("\n")))
            self._text = None
        elif self._form is not None and tag == "select":
            self._form.fields.append((self._name, self._chosen or ""))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _input(self, given: dict[str, str | None]) -> None:
        assert self._form is not None
        kind, name = given.get("type") or "text", given.get("name")
        if not name or kind in ("submit", "button", "file", "image"):
            return
        if kind in ("radio", "checkbox") and "checked" not in given:
            return
        self._form.fields.append((name, given.get("value") or ("on" if kind == "checkbox" else "")))
