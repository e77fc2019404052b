from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.rules.sentences import Names

MARKS = [
    ("V", _("read in the act")),
    ("V2", _("read in someone else's account of the act")),
    ("M", _("not verified: ask a lawyer")),
    ("ours", _("our own promise")),
]
"""How sure we are of a row (DOMAIN, first page)."""


class Sourced(models.Model):
    """A row that says where it comes from and how sure that is. Citizens see the basis."""

    # Russian is said where another language is missing.
    basis = models.CharField(_("legal basis in Russian"), max_length=200)
    basis_kk = models.CharField(_("legal basis in Kazakh"), max_length=200, blank=True)
    basis_en = models.CharField(_("legal basis in English"), max_length=200, blank=True)
    source_mark = models.CharField(_("how sure"), max_length=4, choices=MARKS, default="M")

    class Meta:
        abstract = True

    @property
    def basis_names(self) -> Names:
        """The basis in every language."""
        return {"kk": self.basis_kk or self.basis, "ru": self.basis, "en": self.basis_en or self.basis}
