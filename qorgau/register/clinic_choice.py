"""Writing down that a new appeal asks for attachment to a clinic."""

import json

from qorgau.lib.statements import Clause
from qorgau.rules.attachment import Verdict

_INSERT = """
    INSERT INTO register_clinicchoice (appeal_id, reason_id, verdict) SELECT id, $1::bigint, $2::jsonb FROM appeal
"""


def chooses(verdict: Verdict) -> Clause:
    """The reason and the verdict, as a clause of the statement that registers the appeal."""
    return Clause("choice", _INSERT, (verdict.reason.row_id, json.dumps(verdict.to_json(), ensure_ascii=False)))
