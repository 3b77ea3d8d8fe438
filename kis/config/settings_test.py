"""Settings of the tests: the product's own, with what only a test may have.

SQLite by default, in a file, because live servers and rival processes must share it. With
KIS_TEST_DATABASE=postgres a throw-away PostgreSQL, whose socket lies in the folder named here; `tests/conftest.py`
starts it. KIS_DATABASE_URL names a server of your own; the tests make a database `test_...` of their own there.
"""

import atexit
import os
import shutil
import tempfile

# The workers of a parallel run, and the processes a test starts, inherit these folders; only their maker removes them.
if "KIS_DATA_DIR" not in os.environ:
    os.environ["KIS_DATA_DIR"] = tempfile.mkdtemp(prefix="kis-test-")
    atexit.register(shutil.rmtree, os.environ["KIS_DATA_DIR"], ignore_errors=True)
if os.environ.get("KIS_TEST_DATABASE") == "postgres" and "KIS_DATABASE_URL" not in os.environ:
    os.environ["KIS_TEST_POSTGRES_DIR"] = tempfile.mkdtemp(prefix="kis-pg-")
    os.environ["KIS_DATABASE_URL"] = f"postgresql://kis@/kis?host={os.environ['KIS_TEST_POSTGRES_DIR']}"
os.environ.setdefault("KIS_SECRET_KEY", "only-for-tests")

from kis.config.settings import *  # noqa: F403 -- a test runs the product's settings; the environment must be set first
from kis.config.settings import DATA_DIR, DATABASES, INSTALLED_APPS, MIDDLEWARE, STATIC_ROOT

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"

# A page that asks the same thing of the database again and again fails its test.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
ZEAL_ALLOWLIST = [{"model": "sessions.Session", "field": "get()"}]  # Django itself gets a dead session twice, to end it

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a test signs in hundreds of times
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # nothing is collected in a test; whitenoise only wants the folder
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
