"""The WSGI entry: `kis.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kis.config.settings")

application = get_wsgi_application()
