"""What a whole case is taken out for. The code stands in the journal of the appeal."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PURPOSES = {
    "fixing": pgettext_lazy("purpose of a case file", "To fix the data before the organisation is told"),
    "inspection": pgettext_lazy("purpose of a case file", "An inspection, the prosecutor or a court asks for it"),
    "meeting": pgettext_lazy("purpose of a case file", "A commission or a meeting looks at it"),
    "applicant": pgettext_lazy("purpose of a case file", "The applicant asks to see the case"),
    "archive": pgettext_lazy("purpose of a case file", "The paper archive"),
}

FORMATS = {
    "pdf": _("One document to read and to print (PDF)"),
    "zip": _("Evidence: the document, all files and the journal, with their hashes (ZIP)"),
}
"""In the words of the form."""
