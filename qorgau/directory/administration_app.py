from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's admin with our own frame as the one on which every app registers."""

    default_site = "qorgau.directory.administration.area.Administration"

    def ready(self) -> None:
        """Let every app register, and take out the tables of allauth that stay empty here."""
        super().ready()
        from django.contrib import admin

        for model in [*admin.site._registry]:
            if model._meta.app_label == "socialaccount":
                admin.site.unregister(model)
