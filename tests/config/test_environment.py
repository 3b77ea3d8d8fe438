from pathlib import Path

import pytest

from kis.config import environment


def test_without_an_address_the_database_is_a_file_in_the_data_folder(tmp_path: Path):
    assert environment.database(None, tmp_path)["NAME"] == str(tmp_path / "kis.sqlite3")


def test_sqlite_takes_its_write_lock_at_the_start_of_a_transaction():
    options = environment.database("sqlite:///tmp/here.sqlite3", Path())["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_sqlite_may_lie_elsewhere():
    assert environment.database("sqlite:///data/kis.sqlite3", Path())["NAME"] == "/data/kis.sqlite3"


def test_the_address_of_postgresql_is_taken_apart():
    found = environment.database("postgresql://kis%40site:p%2Fw@db.example:5433/hours?sslmode=require", Path())
    assert [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        *("hours", "kis@site", "p/w", "db.example", "5433")
    ]
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_postgresql_may_be_reached_by_a_socket():
    found = environment.database("postgresql://kis@/hours?host=/run/postgresql", Path())
    assert (found["HOST"], found["OPTIONS"]) == ("/run/postgresql", {})


def test_an_unknown_database_stops_the_start():
    with pytest.raises(SystemExit, match=r"KIS_DATABASE_URL.*mysql"):
        environment.database("mysql://localhost/hours", Path())


def test_without_an_address_there_is_no_mail_server():
    assert environment.smtp(None) is None


@pytest.mark.parametrize(
    ("url", "port", "use_ssl", "use_tls"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp://mail.example:587/?tls=1", 587, False, True),
        ("smtps://mail.example", 465, True, False),
    ],
)
def test_the_mail_server_says_how_it_is_encrypted(url: str, port: int, use_ssl: bool, use_tls: bool):
    found = environment.smtp(url)
    assert found is not None
    assert (found["host"], found["port"], found["use_ssl"], found["use_tls"]) == (
        *("mail.example", port, use_ssl, use_tls),
    )


def test_the_log_in_of_the_mail_server_may_hold_any_sign():
    found = environment.smtp("smtp://kis%40site:p%3Aw@mail.example")
    assert found is not None
    assert (found["username"], found["password"]) == ("kis@site", "p:w")


def test_an_unknown_mail_server_stops_the_start():
    with pytest.raises(SystemExit, match="KIS_SMTP_URL"):
        environment.smtp("https://mail.example")


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "8000 "])
def test_an_impossible_port_stops_the_start(text: str):
    with pytest.raises(SystemExit, match="PORT"):
        environment.port(text)


def test_the_port_is_8000_unless_told_otherwise():
    assert [environment.port(text) for text in (None, "", "9000")] == [8000, 8000, 9000]


def test_the_public_address_is_this_machine_unless_told_otherwise():
    assert environment.base_url(None, 8001) == "http://localhost:8001"
    assert environment.base_url("https://portal.example/", 8001) == "https://portal.example"


@pytest.mark.parametrize("url", ["portal.example", "ftp://portal.example", "https://", "https://portal.example/hours"])
def test_what_is_no_public_address_stops_the_start(url: str):
    with pytest.raises(SystemExit, match="KIS_BASE_URL"):
        environment.base_url(url, 8000)


def test_the_portal_answers_to_its_public_name_and_to_this_machine():
    assert environment.hosts("https://portal.example:8443") == ["127.0.0.1", "[::1]", "localhost", "portal.example"]
    assert "[2001:db8::1]" in environment.hosts("http://[2001:db8::1]:8000")
