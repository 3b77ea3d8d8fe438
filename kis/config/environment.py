"""Reading the environment: addresses of a database, a mail server, the portal itself.

What cannot be read stops the start, with a text that says which variable and what it may be.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY"
)


def database(url: str | None, data_dir: Path) -> dict[str, Any]:
    """Django's settings for a database address; without one, SQLite in the data folder."""
    if not url:
        return _sqlite(str(data_dir / "kis.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SystemExit(
            f"KIS_DATABASE_URL: {parts.scheme!r} is not a database we know; use postgresql:// or sqlite:///"
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        # IMMEDIATE: a transaction takes the write lock at its start, so that nobody fails half-way.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE_PRAGMAS},
    }


def smtp(url: str | None) -> dict[str, Any] | None:
    """`smtp://user:password@host:port/?tls=1` as host, port, user, password, and how it is encrypted."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"}:
        raise SystemExit(f"KIS_SMTP_URL: {parts.scheme!r} is no mail server; use smtp:// or smtps://")
    query = parse_qs(parts.query)
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or (465 if parts.scheme == "smtps" else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": query.get("tls") == ["1"],
    }


def port(text: str | None) -> int:
    """The port the portal listens on, 8000 unless told otherwise."""
    if not text:
        return 8000
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise SystemExit(f"PORT: {text!r} is no port; use a number from 1 to 65535")
    return int(text)


def base_url(url: str | None, port: int) -> str:
    """The portal's public address, without a slash behind it."""
    if not url:
        return f"http://localhost:{port}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise SystemExit(f"KIS_BASE_URL: {url!r} is no address of a portal; use https://portal.example")
    return f"{parts.scheme}://{parts.netloc}"


def hosts(base_url: str) -> list[str]:
    """The host names we answer to: that of the public address, and this machine itself."""
    name = urlsplit(base_url).hostname or "localhost"
    return sorted({f"[{name}]" if ":" in name else name, "localhost", "127.0.0.1", "[::1]"})
