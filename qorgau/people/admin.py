"""What people bring to the administration area; Django looks for it here."""

from qorgau.people import books_administration, staff_administration

__all__ = ["books_administration", "staff_administration"]
