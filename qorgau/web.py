"""The web application as `qorgau run` serves it: with Granian, in several processes."""

import os

from django.conf import settings

from qorgau.lib.even_load import EvenLoad
from qorgau.wsgi import application as alone

application = EvenLoad(alone, settings.VAR / "web-load") if os.access(settings.VAR, os.W_OK) else alone
