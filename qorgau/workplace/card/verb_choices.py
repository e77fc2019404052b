"""The verbs on a card: those that are allowed now as links to their forms, the others with the reason why not."""

from typing import Any

from qorgau.handling.permission import verbs_for_staff
from qorgau.handling.temporary import about_status
from qorgau.lib.pages import url
from qorgau.lib.speech import say
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.roles import Role
from qorgau.rules.states import State, Verb
from qorgau.workplace.card.verbs_at_hand import verbs_at_hand
from qorgau.workplace.keyboard.keys import OF_VERBS
from qorgau.workplace.wording import VERBS

ADDRESSES: dict[Verb, str] = {
    Verb.ACCEPT: "desk:acceptance",
    Verb.REPLY_INFORMATION: "desk:information_reply",
    Verb.APPROVE: "desk:approval",
    Verb.SEND_BACK: "desk:sending_back",
    Verb.ANSWER: "desk:answer",
    Verb.SUBMIT_FOR_APPROVAL: "desk:submission",
    Verb.DRAFT: "desk:draft",
    Verb.CARRY_ON: "desk:continuation",
    Verb.ASK_APPLICANT: "desk:question",
    Verb.REQUEST_INFORMATION: "desk:information_request",
    Verb.ASSIGN: "desk:assignment",
    Verb.RETURN_BACK: "desk:return",
    Verb.TAKE_BACK: "desk:taking_back",
    Verb.PASS_ON: "desk:hand_over",
    Verb.EXTEND: "desk:extension",
    Verb.REFUSE_EXTENSION: "desk:extension_refusal",
    Verb.PROPOSE_EXTENSION: "desk:extension_proposal",
    Verb.NOTE: "desk:note",
    Verb.TICK: "desk:checklist",
    Verb.CORRECT: "desk:correction",
    Verb.SET_DETAILS: "desk:details",
    Verb.MARK_SENSITIVE: "desk:sensitivity",
    Verb.MARK_ORDINARY: "desk:ordinary",
    Verb.ISSUE_CODE: "desk:new_code",
    Verb.RECORD_WITHDRAWAL: "desk:withdrawal",
    Verb.REDIRECT: "desk:redirection",
    Verb.TAKE_IN: "desk:taking_in",
    Verb.MERGE: "desk:merging",
    Verb.SEPARATE: "desk:separation",
    Verb.SPLIT: "desk:split",
    Verb.GRANT_TEMPORARY: "desk:temporary_grant",
    Verb.REVOKE_TEMPORARY: "desk:temporary_revocation",
    Verb.LINK: "desk:link",
    Verb.UNLINK: "desk:unlink",
}
"""The pages of the verbs, in the order in which a card shows them: what brings the appeal forward comes first."""

OF_STATUS = frozenset({Verb.GRANT_TEMPORARY, Verb.REVOKE_TEMPORARY})
"""Verbs that only appeals about somebody's insured status know."""

_SIGNS = {
    Verb.ACCEPT: "check",
    Verb.REPLY_INFORMATION: "send",
    Verb.APPROVE: "check",
    Verb.SEND_BACK: "return",
    Verb.ANSWER: "send",
    Verb.SUBMIT_FOR_APPROVAL: "arrow-up",
    Verb.DRAFT: "pen",
    Verb.CARRY_ON: "arrow-right",
    Verb.ASK_APPLICANT: "question",
    Verb.REQUEST_INFORMATION: "building",
    Verb.ASSIGN: "user",
    Verb.RETURN_BACK: "return",
    Verb.TAKE_BACK: "return",
    Verb.PASS_ON: "desk",
    Verb.EXTEND: "calendar",
    Verb.REFUSE_EXTENSION: "return",
    Verb.PROPOSE_EXTENSION: "calendar",
    Verb.NOTE: "chat",
    Verb.TICK: "list",
    Verb.CORRECT: "pen",
    Verb.SET_DETAILS: "flag",
    Verb.MARK_SENSITIVE: "lock",
    Verb.MARK_ORDINARY: "eye",
    Verb.ISSUE_CODE: "lock",
    Verb.RECORD_WITHDRAWAL: "flag",
    Verb.REDIRECT: "globe",
    Verb.TAKE_IN: "plus",
    Verb.MERGE: "arrow-right",
    Verb.SEPARATE: "return",
    Verb.SPLIT: "list",
    Verb.GRANT_TEMPORARY: "shield",
    Verb.REVOKE_TEMPORARY: "cross",
    Verb.LINK: "link",
    Verb.UNLINK: "cross",
}


def verb_choices(appeal: Appeal, staff: Staff) -> dict[str, list[dict[str, Any]]]:
    """`allowed` and `refused`, in the order of the card; `at_hand` and `more` share out what is allowed.

    The first of those at hand is the main one.
    """
    decisions = verbs_for_staff(appeal, staff)
    buttons = verbs_at_hand(State(appeal.state), Role(staff.role), assigned=appeal.assignee_id is not None)
    choices: dict[str, list[dict[str, Any]]] = {"allowed": [], "at_hand": [], "more": [], "refused": []}
    for verb, address in ADDRESSES.items():
        decision = decisions[verb]
        if not decision.allowed and verb in OF_STATUS and not about_status(appeal):
            continue  # why it is not possible would be told on every card
        if not decision.allowed:
            choices["refused"].append({"words": VERBS[verb], "why": say(decision.why)})
            continue
        href, key = url(address, appeal.number), OF_VERBS.get(verb, "")
        choice = {"verb": verb.value, "words": VERBS[verb], "href": href, "sign": _SIGNS[verb], "key": key}
        choices["allowed"].append(choice)
        choices["at_hand" if verb in buttons else "more"].append(choice)
    return choices
