"""The administration area: Django's admin in our own frame. Other apps register on `site`, or by `admin.register`."""

from django.contrib.admin import site

__all__ = ["site"]
