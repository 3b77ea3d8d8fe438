"""Make the data ready before the portal starts: `python -m kis.config.prepare`.

Tables, the cache's table, collected static files, and in demo mode an agency to look around in. Each step does
nothing when it has been done, so that the next start is quick.
"""

import hashlib
import os
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def prepare() -> None:
    """Bring database and static files up to date; fill an empty database in demo mode."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    collect_static()
    if settings.DEMO and _is_empty():
        print("Filling the demo: one agency, half a year of weeks ...", flush=True)
        call_command("load_demo")


def collect_static() -> bool:
    """Collect the static files if one changed since the last time; returns whether it did."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / "collected-from"
    found = _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == found:
        return False
    # From scratch: collectstatic goes by date, and keeps a newer file of an older release.
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(found, encoding="ascii")
    return True


def _fingerprint() -> str:
    """Changes when a static file is added, removed or written."""
    from django.contrib.staticfiles.finders import get_finders

    lines = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            lines.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _is_empty() -> bool:
    from django.contrib.auth import get_user_model

    from kis.staffing.models import AgencySettings

    return not get_user_model().objects.exists() and not AgencySettings.objects.exists()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kis.config.settings")
    django.setup()
    prepare()
