import http.client
import json
import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.utils import timezone

from qorgau.insured import journal
from qorgau.insured.answers import Answer, Insured, NotAnswering, Unknown
from qorgau.insured.fhir import answer_in, request_for
from qorgau.insured.journal import Purpose
from qorgau.insured.person_key import person_key
from qorgau.insured.sources.circuit import Circuit
from qorgau.insured.temporary.granted import granted_to, with_granted

log = structlog.get_logger(__name__)

FAILURES_BEFORE_REST = 5
SECONDS_OF_REST = 30
ANSWERS_KEPT = 10_000
LONGEST_ANSWER = 262_144
_PIECE = 16_384
_MEDIA_TYPE = "application/fhir+json"
_NO_SUCH_PERSON = 404


class _Silent(Exception):
    """No answer came; says in a few words why, without data of people."""


class Remote:
    """The register of another system, asked over HTTP: `POST …/CoverageEligibilityRequest`.

    An answer is kept for some minutes by the person's hash; temporary statuses that were granted here lie on top of it
    and are never kept. One that does not come in time, or cannot be read, is told honestly; after some of them in a row
    the register is left alone for half a minute, so that nobody waits for it.
    """

    def __init__(self) -> None:
        address = urlsplit(settings.INSURED_URL)
        self._https, self._host, self._port = address.scheme == "https", address.hostname or "", address.port
        self._path = f"{address.path.rstrip('/')}/CoverageEligibilityRequest"
        self._circuit = Circuit(failures=FAILURES_BEFORE_REST, rest_seconds=SECONDS_OF_REST)
        self._kept: OrderedDict[UUID, tuple[float, Answer]] = OrderedDict()
        self._lock = threading.Lock()
        self._of_thread = threading.local()

    def ask(self, iin: str, *, purpose: Purpose, who: str, on: date) -> Answer:
        person = person_key(iin)
        answer = self._kept_answer(person) or self._fresh_answer(iin)
        # Asked anew each time: what is kept is what the other register said.
        answer = with_granted(answer, granted_to(person), on)
        journal.write(iin, purpose=purpose, who=who, answer=_word(answer))
        return answer

    def ask_people(self, people: Sequence[UUID], *, purpose: Purpose, who: str, on: date) -> Mapping[UUID, Answer]:
        silent = NotAnswering("another system's register is asked by identity numbers, and none are kept")
        return dict.fromkeys(people, silent)

    def _fresh_answer(self, iin: str) -> Answer:
        if not self._circuit.may_ask():
            return NotAnswering("the register did not answer some times in a row and is left alone")
        try:
            answer = self._answer(iin)
        except _Silent as silent:
            answer = NotAnswering(str(silent))
        if isinstance(answer, NotAnswering):
            self._circuit.failed()
            log.warning("insured_register_silent", reason=answer.reason)
            return answer
        self._circuit.answered()
        self._keep(person_key(iin), answer)
        return answer

    def _answer(self, iin: str) -> Answer:
        today = timezone.localdate()
        status, body = self._post(json.dumps(request_for(iin, on=today)).encode())
        if status == _NO_SUCH_PERSON:
            return Unknown(today)
        if status not in (200, 201):
            return NotAnswering(f"HTTP status {status}")
        try:
            return answer_in(json.loads(body), now=today)
        except ValueError:
            return NotAnswering("the answer is not JSON")

    # --- The wire ---

    def _post(self, body: bytes) -> tuple[int, bytes]:
        """Status and body, over a connection that stays open. Raises _Silent when they do not come in time."""
        until = time.monotonic() + settings.INSURED_SECONDS
        kept: http.client.HTTPConnection | None = getattr(self._of_thread, "connection", None)
        if kept is not None:
            try:
                return self._over(kept, body, until)
            except (OSError, http.client.HTTPException):
                # It may have been closed while it lay idle; only a new one tells. The question is safe to repeat.
                self._drop(kept)
        fresh = self._open()
        try:
            return self._over(fresh, body, until)
        except (OSError, http.client.HTTPException) as error:
            self._drop(fresh)
            raise _Silent(f"no answer: {type(error).__name__}") from error

    def _open(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._https else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=settings.INSURED_SECONDS)
        self._of_thread.connection = connection
        return connection

    def _over(self, connection: http.client.HTTPConnection, body: bytes, until: float) -> tuple[int, bytes]:
        self._hurry(connection, until)
        headers = {"Content-Type": _MEDIA_TYPE, "Accept": _MEDIA_TYPE}
        if settings.INSURED_TOKEN:
            headers["Authorization"] = f"Bearer {settings.INSURED_TOKEN}"
        connection.request("POST", self._path, body, headers)
        self._hurry(connection, until)
        response = connection.getresponse()
        pieces: list[bytes] = []
        while piece := response.read1(_PIECE):
            pieces.append(piece)
            if sum(map(len, pieces)) > LONGEST_ANSWER:
                raise http.client.HTTPException("the answer is too long")
            self._hurry(connection, until)
        response.close()  # wholly read; else the connection would not take the next question
        return response.status, b"".join(pieces)

    def _hurry(self, connection: http.client.HTTPConnection, until: float) -> None:
        """Let nothing take longer than what is left of the time."""
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        connection.timeout = left
        sock: socket.socket | None = connection.sock
        if sock is not None:
            sock.settimeout(left)

    def _drop(self, connection: http.client.HTTPConnection) -> None:
        connection.close()
        self._of_thread.connection = None

    # --- Answers of the last minutes ---

    def _kept_answer(self, person: UUID) -> Answer | None:
        with self._lock:
            until, answer = self._kept.get(person, (0.0, None))
            return answer if time.monotonic() < until else None

    def _keep(self, person: UUID, answer: Answer) -> None:
        with self._lock:
            self._kept[person] = (time.monotonic() + settings.INSURED_CACHE_SECONDS, answer)
            self._kept.move_to_end(person)
            while len(self._kept) > ANSWERS_KEPT:
                self._kept.popitem(last=False)


def _word(answer: Answer) -> str:
    """What the journal says: something was told, or there is no such person, or nobody could say."""
    match answer:
        case Insured():
            return "found"
        case Unknown():
            return "unknown"
        case NotAnswering(granted_until=until):
            return "found" if until else "not_answering"
