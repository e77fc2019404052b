"""The web application as `qorgau run` serves it: with Granian, in several processes."""

import gc
import os

from django.conf import settings

from qorgau.lib.even_load import EvenLoad
from qorgau.wsgi import application as alone

application = EvenLoad(alone, settings.VAR / "web-load") if os.access(settings.VAR, os.W_OK) else alone

# What a start has made stays for good. Looking through all of it for garbage, every thousand cards, held up every
# thread of a process for a fifth of a second.
gc.collect()
gc.freeze()
gc.set_threshold(700, 10, 100)
