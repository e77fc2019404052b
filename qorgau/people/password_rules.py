"""What a password must be, said in our own sentences: Django's are missing in Kazakh."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(password_validation.MinimumLengthValidator):
    """Length is what makes guessing hopeless; nothing else is prescribed (NIST SP 800-63B §5.1.1.2)."""

    def get_error_message(self) -> str:
        return ngettext(
            "This password is too short: it has to be %(count)d character long.",
            "This password is too short: it has to be at least %(count)d characters long.",
            self.min_length,
        ) % {"count": self.min_length}

    def get_help_text(self) -> str:
        return ngettext(
            "At least %(count)d character. Several unrelated words are easy to remember and hard to guess.",
            "At least %(count)d characters. Several unrelated words are easy to remember and hard to guess.",
            self.min_length,
        ) % {"count": self.min_length}


class NotCommon(password_validation.CommonPasswordValidator):
    """Not one of the 20,000 passwords that are tried first."""

    def get_error_message(self) -> str:
        return _("Too many people use this password. Choose another one.")

    def get_help_text(self) -> str:
        return _("Not a password that many people use.")


class NotTheirName(password_validation.UserAttributeSimilarityValidator):
    """Not the person's own name, user name or address."""

    def get_error_message(self) -> str:
        return _("This password is too close to your name or e-mail address. Choose another one.")

    def get_help_text(self) -> str:
        return _("Not your name and not your e-mail address.")
