"""The addresses of the desk that are no pages of their own, and who sees the pages that a specialist does not.

Tests that go through every page take the list of the addresses and leave these out, so no new page can be forgotten.
"""

NO_PAGES = {
    "organisations": "a fragment", "news": "a fragment", "queue_counts": "a fragment", "here": "a fragment",
    "file": "a file", "preview": "a picture", "small": "a picture", "supervision_file": "a file",
    "export_file": "a file", "case_file_ready": "a file",
    "insurance": "a button of the card, pressed in test_temporary_status.py",
    "next": "leads to a card", "previous": "leads to a card",
    "language": "is only sent to", "following": "is only sent to", "view_deed": "is only sent to",
}  # fmt: skip
SEEN_BY = {
    "supervision": "approver", "supervision_appeals": "approver", "approval": "approver", "sending_back": "approver",
    "callers": "operator", "callers_code": "operator",
    "who_looked": "auditor", "replies": "clinic-specialist", "information_reply": "clinic-specialist",
}  # fmt: skip
"""Those who see a page that a branch's specialist does not, or sees as a refusal."""
