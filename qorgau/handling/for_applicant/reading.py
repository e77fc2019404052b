"""Reading an appeal with everything its applicant may see: one statement that sends one row.

Notes between staff, drafts, and files that were given to staff alone are not even read.
"""

from typing import Any, NamedTuple

from qorgau.lib.statements import first_row

_READ = """
SELECT a.id, a.number, a.code_version, a.version, a.state, a.kind, a.procedure, a.holder_id, a.topic_id, a.region_id,
    a.organisation_id, a.organisation_as_said, a.text, a.circumstances, a.desired_outcome, a.event_date,
    a.event_date_as_said, a.received_at, a.registered_on,
    -- To the desk an appeal is due when the first of those answered with it is; each applicant reads their own term.
    CASE WHEN a.due_on IS NOT NULL AND EXISTS (
        SELECT FROM register_link l WHERE l.earlier_id = a.id AND l.type = 'part_of'
    ) THEN (SELECT min(c.due_on) FROM register_clock c
        WHERE c.appeal_id = a.id AND c.purpose IN ('consideration', 'support_service', 'consultation', 'attachment')
            AND (c.stopped_at IS NULL OR c.stopped_at = a.answered_at))
    ELSE a.due_on END,
    a.answered_at,
    (SELECT json_agg(json_build_array(j.at, j.verb, j.after, j.because) ORDER BY j.sequence)
        FROM register_journalline j WHERE j.appeal_id = a.id),
    (SELECT json_agg(json_build_array(m.id, m.direction, m.desk_id, m.at, m.text, m.expects_reply) ORDER BY m.at, m.id)
        FROM register_message m
        WHERE m.appeal_id = a.id AND m.direction <> 'note'),
    (SELECT json_agg(json_build_array(f.id, f.name, f.size, f.message_id) ORDER BY f.id)
        FROM register_attachment f LEFT JOIN register_message m ON m.id = f.message_id
        WHERE f.appeal_id = a.id AND (f.added_by_id IS NULL OR m.direction = 'to_applicant')),
    (SELECT c.sheet::json FROM register_clock c
        WHERE c.appeal_id = a.id AND c.purpose IN ('consideration', 'support_service', 'consultation', 'attachment')
        ORDER BY (c.due_on = a.due_on) DESC NULLS LAST, c.stopped_at IS NULL DESC, c.due_on LIMIT 1),
    (SELECT json_build_array(n.decision, n.text, n.legal_basis, n.how_to_appeal, n.language)
        FROM register_answer n WHERE n.appeal_id = a.id AND n.sent_at IS NOT NULL),
    (SELECT json_build_array(r.outcome, r.stars, r.words) FROM register_rating r WHERE r.appeal_id = a.id),
    (SELECT json_build_array(w.recorded_at, w.reason)
        FROM register_withdrawal w WHERE w.appeal_id = a.id AND w.confirmed_at IS NULL),
    (SELECT e.number FROM register_link l JOIN register_appeal e ON e.id = l.earlier_id
        WHERE l.appeal_id = a.id AND l.type = 'stage_after' LIMIT 1),
    (SELECT n.number FROM register_link l JOIN register_appeal n ON n.id = l.appeal_id
        WHERE l.earlier_id = a.id AND l.type = 'stage_after'),
    CASE WHEN a.state = 'merged' THEN
        (SELECT json_build_array(e.state, e.version) FROM register_link l JOIN register_appeal e ON e.id = l.earlier_id
            WHERE l.appeal_id = a.id AND l.type = 'part_of') END
FROM register_appeal a WHERE a.number = $1
"""


# Above every version of an appeal, so that no version of its own equals one that it shares with the leading one.
_LEADING_VERSIONS = 1_000_000
_VERSIONS = """
SELECT code_version, CASE WHEN state <> 'merged' THEN version ELSE version * $2::bigint + (
    SELECT e.version FROM register_link l JOIN register_appeal e ON e.id = l.earlier_id
    WHERE l.appeal_id = a.id AND l.type = 'part_of') END
FROM register_appeal a WHERE number = $1
"""


class Row(NamedTuple):
    """The appeal as it was read; what is a list or a dict came as JSON, None where there is nothing."""

    id: int
    number: str
    code_version: int
    version: int
    state: str
    kind: str
    procedure: str
    holder_id: int
    topic_id: int | None
    region_id: int | None
    organisation_id: int | None
    organisation_as_said: str
    text: str
    circumstances: str
    desired_outcome: str
    event_date: Any
    event_date_as_said: str
    received_at: Any
    registered_on: Any
    due_on: Any
    answered_at: Any
    journal: list[list[Any]] | None
    messages: list[list[Any]] | None
    files: list[list[Any]] | None
    sheet: dict[str, Any] | None
    answer: list[Any] | None
    rating: list[Any] | None
    withdrawal: list[Any] | None
    earlier_number: str | None
    next_number: str | None
    leading: list[Any] | None
    """State and version of the appeal that this one is part of, and nothing else of it."""

    @property
    def shown_version(self) -> int:
        """Grows with everything that the page shows; see `versions_of`."""
        return self.version * _LEADING_VERSIONS + self.leading[1] if self.leading else self.version


def versions_of(number: str) -> tuple[int, int] | tuple[None, None]:
    """The version of the code and that of the appeal with this number; what people see changes with these only.

    A merged appeal shows the state of the leading one, so the version of that one counts too.
    """
    row = first_row(_VERSIONS, [number, _LEADING_VERSIONS])
    return (row[0], row[1]) if row else (None, None)


def read(number: str) -> Row | None:
    """The appeal with this number, if there is one. It does not ask who wants to know."""
    row = first_row(_READ, [number])
    return Row(*row) if row else None
