"""The web application, for any WSGI server; `qorgau run` serves it with Granian (`web.py`)."""

import os

from django.core.wsgi import get_wsgi_application

from qorgau import installation
from qorgau.lib.kept_translations import keep_translations
from qorgau.lib.kept_with_thread import keep_with_thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qorgau.settings")
installation.use_demo_keys()
application = get_wsgi_application()
keep_with_thread()
keep_translations()

from qorgau.checks import refuse_wrong_configuration  # noqa: E402 - needs the settings

refuse_wrong_configuration()
