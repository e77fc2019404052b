"""An appeal as its applicant may see it, at whatever door: where it is, what happened, the words of both sides."""
