"""Writing down what people agreed to."""

import json
from collections.abc import Sequence
from datetime import datetime

from qorgau.lib.statements import Clause

_INSERT = """
    INSERT INTO people_consent (applicant_id, purpose, text_version, given_at)
    SELECT appeal.applicant_id, c.purpose, c.version, $1::timestamptz
    FROM appeal, jsonb_to_recordset($2::jsonb) AS c(purpose text, version text)
"""


def consents_given(consents: Sequence[tuple[str, str]], *, at: datetime) -> Clause:
    """Purposes and the versions of their texts, as a clause of the statement that registers the appeal."""
    rows = [{"purpose": purpose, "version": version} for purpose, version in consents]
    return Clause("consents", _INSERT, (at, json.dumps(rows)))
