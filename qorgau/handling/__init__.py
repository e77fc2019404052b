"""What staff, applicants and the clock do with an appeal: one verb per file, each docstring lists its consequences.

Staff work on it: `accept`, `assign`, `return_back`, `pass_on`, `take_back`, `redirect`, `request_information`,
`reply_information`, `ask_applicant`, `carry_on`, `draft`, `submit_for_approval`, `approve`, `send_back`, `answer`,
`propose_extension`, `extend` and `refuse_extension`, `record_withdrawal`, `grant_temporary` and `revoke_temporary`.
Staff put it in order: `note`, `follow`, `correct`, `set_details`, `tick`, `link`, `unlink`, `merge`, `separate`,
`split`, `mark_sensitive` with those who may read (`sensitive`), `hand_out_code`, `issue_code`.
Applicant: `add_message` (a reply to our question too), `withdraw`, `confirm_withdrawal`, `rate`, `open_next_stage`.
Clock: `clock.run` (reminders, overdue marks, escalation, closing of what nobody rated). By itself after too many
returns: `settle_above`.

Every verb asks `permission` first, moves the appeal through `moving.move`, and runs in one transaction. Staff verbs
take `seen_version`, the version their page showed: when the appeal has moved on they raise SomebodyWasFaster and
nothing is written.
"""
