"""By what channels know a person, taken along when the same person gets another row in the register."""

from qorgau.lib.statements import Clause

_INSERT = """
    INSERT INTO people_channelidentity (applicant_id, channel, external_id, proved_at, came_by)
    SELECT appeal.applicant_id, known.channel, known.external_id, known.proved_at,
        CASE WHEN known.came_by = 'code' THEN 'code' ELSE 'carried' END
    FROM appeal, people_channelidentity AS known WHERE known.applicant_id = $1::bigint
"""


def identities_of(applicant_id: int) -> Clause:
    """A clause of the statement that registers an appeal: whoever files it is known as this applicant is."""
    return Clause("identities", _INSERT, (applicant_id,))
