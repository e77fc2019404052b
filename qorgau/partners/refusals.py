"""What a partner is told instead of an answer: each door puts it into its own form."""

from http import HTTPStatus

from qorgau.rules.sentences import N_, Sentence


class Refusal(Exception):
    """A request that gets no answer.

    ``code`` is a word for programs, out of FHIR's issue types (https://hl7.org/fhir/R4/valueset-issue-type.html), which
    are as good as any; ``field`` is where in the request the trouble is; ``wait`` is after how many seconds it is worth
    to ask again.
    """

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        sentence: Sentence,
        *,
        field: str = "",
        wait: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.field = field
        self.headers = dict(headers or {})
        if wait is not None:
            self.headers["Retry-After"] = str(wait)


def our_fault() -> Refusal:
    """What is told when something of ours broke."""
    sentence = Sentence(N_("Something broke on our side. Please ask again in some minutes."))
    return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "exception", sentence)
