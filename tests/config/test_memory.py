"""What a process carries from its start on."""

import os
import subprocess
import sys

from django.conf import settings

START = """
import sys, django
django.setup()
import kis.config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(*(name for name in ("typst", "xlsxwriter") if name in sys.modules))
"""


def test_libraries_for_files_are_loaded_when_the_first_file_is_made():
    done = subprocess.run(
        [sys.executable, "-c", START],
        cwd=settings.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "kis.config.settings_test"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []
