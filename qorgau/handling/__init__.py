"""What staff, applicants and the clock do with an appeal: one verb per file, each docstring lists its consequences.

Staff: `accept`, `assign`, `return_back`, `pass_on`, `redirect`, `request_information`, `reply_information`,
`ask_applicant`, `carry_on`, `draft`, `submit_for_approval`, `approve`, `send_back`, `answer`, `extend`,
`record_withdrawal`, `note`.
Applicant: `add_message` (a reply to our question too), `withdraw`, `confirm_withdrawal`, `rate`, `open_next_stage`.
Clock: `clock.run` (reminders, overdue marks, escalation, closing of what nobody rated).

Every verb asks `permission` first, moves the appeal through `moving.move`, and runs in one transaction. Staff verbs
take `seen_version`, the version their page showed: when the appeal has moved on they raise SomebodyWasFaster and
nothing is written.
"""
