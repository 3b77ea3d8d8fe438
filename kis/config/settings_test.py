"""Settings of the tests: the product's own, with what only a test may have."""

import os
import tempfile

os.environ.setdefault("KIS_DATA_DIR", tempfile.mkdtemp(prefix="kis-test-"))
os.environ.setdefault("KIS_SECRET_KEY", "only-for-tests")

from kis.config.settings import *  # noqa: E402, F403 -- the environment must be set first; a test runs the product's settings

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a test signs in hundreds of times
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
