"""Settings, all from the environment; every one has a default that is safe on one small machine.

| variable | default | what |
|---|---|---|
| PORT, KIS_HOST | 8000, 127.0.0.1 | where the web server listens |
| KIS_DATA_DIR | var/ | database, uploads, secret key |
| KIS_DATABASE_URL | SQLite in the data folder | `postgresql://user:password@host:port/name` or `sqlite:///path` |
| KIS_SECRET_KEY | made once, kept in the data folder | signs sessions |
| KIS_DEMO | off | 1: demo log-ins on the log-in page, mails readable at /demo/mail/ |
| KIS_BASE_URL | http://localhost:$PORT | the portal's public address, used in mails |
| KIS_SMTP_URL | none: mails stay in the demo mailbox | `smtp://user:password@host:587/?tls=1` |
| KIS_MAIL_FROM | noreply@localhost | sender of all mail |
| KIS_BEHIND_TLS | off | 1: cookies and redirects for https, trust the proxy's X-Forwarded-Proto and -For |
| KIS_CASE_INSENSITIVE_EMAIL | off | 1: the case of an e-mail address does not matter at log-in |
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from kis.config import environment

ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("KIS_DATA_DIR") or ROOT / "var").resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds people's data: nobody else's to read
PORT = environment.port(os.environ.get("PORT"))
DEMO = os.environ.get("KIS_DEMO") == "1"
BEHIND_TLS = os.environ.get("KIS_BEHIND_TLS") == "1"
BASE_URL = environment.base_url(os.environ.get("KIS_BASE_URL"), PORT)


def _secret_key() -> str:
    """The key of the environment, or one made at the first start and kept beside the database."""
    if key := os.environ.get("KIS_SECRET_KEY"):
        return key
    path = DATA_DIR / "secret-key"
    if not path.exists():
        fresh = path.with_name(f"secret-key.{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(fresh, path)  # of two first starts at once, one key wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii")


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = environment.hosts(BASE_URL)
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "csp",
    "kis.core",
    "kis.jobs",
    "kis.post",
    "kis.accounts",
    "kis.staffing",
    "kis.mailbox",
    "kis.documents",
    "kis.timesheets",
    "kis.payroll",
    "kis.exchange",
    "kis.billing",
    "kis.web",
    "kis.web.account",
    "kis.web.worker",
    "kis.web.client",
    "kis.web.agency",
    "kis.web.mailbox",
    "kis.web.documents",
    "kis.demo",
    "allauth",  # last: its templates and words share names with ours, and ours go first
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kis.web.language.LanguageMiddleware",
    "kis.web.access.AudienceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "kis.config.urls"
WSGI_APPLICATION = "kis.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kis.web.context.portal",
            ],
        },
    }
]

DATABASES = {"default": environment.database(os.environ.get("KIS_DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # In the database, not in memory: the sign-in limits must hold over all worker processes.
    # Roomy, so that nobody pushes a limit out of it by filling it up.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["kis.accounts.backend.ExactCaseBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "kis.accounts.passwords.UnlikeTheUser", "OPTIONS": {"user_attributes": ["email", "name"]}},
    {"NAME": "kis.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "kis.accounts.passwords.NotCommon"},
]
LOGIN_URL = "home"
LOGIN_REDIRECT_URL = "home"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
KIS_CASE_INSENSITIVE_EMAIL = os.environ.get("KIS_CASE_INSENSITIVE_EMAIL") == "1"

# allauth guards the log-in; activation and reset are our own, because its mails and links ignore case.
ACCOUNT_ADAPTER = "kis.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "email"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": None,  # only failures count: a whole shift may sign in from one address
    "login_failed": "30/m/ip,5/300s/key",
    "reset_password": "20/m/ip,3/900s/key",
    "change_password": "5/300s/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS else 0  # whose address the limits count

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # accepting a thousand sheets at once posts two fields each

TASKS = {"default": {"BACKEND": "kis.jobs.backend.LeaseBackend", "QUEUES": []}}
WORKER_CHORES = ["kis.post.delivery.deliver"]  # what the worker process does beside jobs

SMTP = environment.smtp(os.environ.get("KIS_SMTP_URL"))
DEFAULT_FROM_EMAIL = os.environ.get("KIS_MAIL_FROM") or "KIS Online <noreply@localhost>"
MAIL_LETTERHEAD = "kis.staffing.letterhead.letterhead"  # whose mail it is, for every mail's foot

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^health$"]  # asked from this machine itself, without a proxy
    SECURE_HSTS_SECONDS = 31_536_000
# Whether all names below the portal's are to be https for ever is for the domain's owner to say, not for us.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django_tasks": {"level": "WARNING"}},  # otherwise two lines for every task
}
