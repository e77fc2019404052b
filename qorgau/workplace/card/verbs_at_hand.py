"""Which of the verbs that are allowed now stand on a card as buttons. The others are under "More", one press away.

Allowed is much: sixteen verbs in a usual case. At hand is what brings the appeal forward from where it stands, and what
somebody waits for; merging, splitting, marks and ends are rare and wait behind a press.
"""

from qorgau.rules.roles import HEADS, Role
from qorgau.rules.states import State, Verb

_FORWARD: dict[State, frozenset[Verb]] = {
    State.REGISTERED: frozenset({Verb.ACCEPT, Verb.PASS_ON}),
    State.IN_WORK: frozenset(
        {
            Verb.ACCEPT,
            Verb.DRAFT,
            Verb.SUBMIT_FOR_APPROVAL,
            Verb.ANSWER,
            Verb.ASK_APPLICANT,
            Verb.REQUEST_INFORMATION,
            Verb.PASS_ON,
            Verb.GRANT_TEMPORARY,
        }
    ),
    State.AWAITING_APPLICANT: frozenset({Verb.CARRY_ON}),
    State.AWAITING_CLINIC: frozenset({Verb.CARRY_ON}),
    State.ON_APPROVAL: frozenset({Verb.APPROVE, Verb.SEND_BACK}),
    State.MERGED: frozenset({Verb.SEPARATE}),
}
"""What leads on from each state; from the others nothing does."""

_AWAITED = frozenset({Verb.RETURN_BACK, Verb.TAKE_BACK, Verb.REPLY_INFORMATION, Verb.EXTEND, Verb.REFUSE_EXTENSION})
"""Allowed only while a colleague or another desk waits for it, so they are never out of place."""

_ALWAYS = frozenset({Verb.NOTE})


def verbs_at_hand(state: State, role: Role, *, assigned: bool) -> frozenset[Verb]:
    """The verbs that are buttons, if they are allowed at all. `assigned` says whether somebody works on it already.

    Whoever finds an appeal with nobody gives it to somebody; afterwards that is the business of the head.
    """
    giving = frozenset({Verb.ASSIGN}) if role in HEADS or not assigned else frozenset()
    return _FORWARD.get(state, frozenset()) | _AWAITED | _ALWAYS | giving
