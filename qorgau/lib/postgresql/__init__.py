"""Django's backend for PostgreSQL, and how a connection shows that it is still there (``DATABASES``, ``ENGINE``)."""
