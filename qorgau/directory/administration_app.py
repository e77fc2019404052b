from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's admin with our own frame as the one on which every app registers."""

    default_site = "qorgau.directory.administration.area.Administration"
