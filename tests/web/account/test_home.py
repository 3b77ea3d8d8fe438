"""The log-in page: the exact user name, one answer for every failure, a throttle, and nowhere else to go from here."""

import re
import subprocess
import sys

import pytest
from django.conf import settings as product
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kis.accounts import operations
from kis.accounts.models import User
from tests.accounts import users
from tests.web.account.conftest import Answer, LogIn

pytestmark = pytest.mark.django_db


def _signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def _text(response: Answer) -> str:
    return response.content.decode()


def test_the_page_asks_for_an_address_that_no_phone_capitalises(client: Client) -> None:
    page = _text(client.get("/"))
    field = re.search(r'<input[^>]*name="login"[^>]*>', page)
    assert field
    assert 'autocapitalize="none"' in field[0]
    assert 'autocomplete="username"' in field[0]
    assert "Hoofdletters tellen mee" in page


@pytest.mark.parametrize(
    ("who", "start"), [("ana", "worker:week_current"), ("carla", "client:status"), ("esra", "agency:cockpit")]
)
def test_each_party_arrives_where_its_work_is(
    who: str, start: str, client: Client, log_in: LogIn, request: pytest.FixtureRequest
) -> None:
    user: User = request.getfixturevalue(who)
    assert log_in(user.email).headers["Location"] == reverse("home")
    assert client.get("/").headers["Location"] == reverse(start)


def test_the_address_counts_in_its_exact_case_only(client: Client, log_in: LogIn, ana: User) -> None:
    for typed in ["ana.kowalska@demo.example", "ANA.KOWALSKA@DEMO.EXAMPLE"]:
        log_in(typed)
        assert not _signed_in(client)
    log_in("Ana.Kowalska@demo.example")
    assert _signed_in(client)


def test_spaces_around_the_address_do_not_count(client: Client, log_in: LogIn, ana: User) -> None:
    log_in(" Ana.Kowalska@demo.example ")
    assert _signed_in(client)


def test_with_the_setting_the_case_does_not_count_and_no_hint_says_so(
    client: Client, log_in: LogIn, ana: User, settings: Settings
) -> None:
    settings.KIS_CASE_INSENSITIVE_EMAIL = True
    assert "in de uitnodiging" not in _text(client.get("/"))
    log_in("ana.kowalska@demo.example")
    assert _signed_in(client)


def test_every_failure_gets_the_same_answer(log_in: LogIn, ana: User, carla: User) -> None:
    operations.change_user(carla, is_active=False)
    users.jan("invited@demo.example")
    answers = set()
    for typed, password in [
        ("nobody@demo.example", users.PASSWORD),
        ("ana.kowalska@demo.example", users.PASSWORD),
        ("Ana.Kowalska@demo.example", "not the password"),
        ("carla@demo.example", users.PASSWORD),
        ("invited@demo.example", users.PASSWORD),
    ]:
        response = log_in(typed, password)
        page = re.sub(r'csrfmiddlewaretoken" value="[^"]*|x-csrftoken": "[^"]*', "", _text(response))
        assert "horen niet bij elkaar" in page
        assert "hoofdletters tellen mee" in page
        answers.add((response.status_code, page.replace(typed, "")))
    assert len(answers) == 1


def test_what_was_typed_stays_except_the_password(log_in: LogIn) -> None:
    page = _text(log_in("nobody@demo.example", "secret words here"))
    assert 'value="nobody@demo.example"' in page
    assert "secret words here" not in page


def test_empty_fields_are_named(log_in: LogIn) -> None:
    page = _text(log_in("", ""))
    assert page.count('aria-invalid="true"') == 2


def test_the_sixth_attempt_is_refused_even_with_the_right_password(client: Client, log_in: LogIn, ana: User) -> None:
    for _ in range(5):
        assert log_in(ana.email, "not the password").status_code == 200
    refused = log_in(ana.email)
    assert refused.status_code == 429
    assert "Wacht vijf minuten" in _text(refused)
    assert not _signed_in(client)


def test_the_lock_does_not_tell_whether_there_is_an_account(log_in: LogIn) -> None:
    for _ in range(5):
        log_in("nobody@demo.example", "not the password")
    assert log_in("nobody@demo.example").status_code == 429


def test_another_spelling_or_another_host_name_is_no_way_around_the_lock(client: Client, ana: User) -> None:
    for number, typed in enumerate(["Ana.Kowalska@demo.example", "ANA.Kowalska@demo.example"] * 3):
        host = f"localhost:{8000 + number}"
        answer = client.post("/", {"login": typed, "password": "wrong"}, headers={"host": host})
    assert answer.status_code == 429


def test_the_lock_of_one_account_leaves_others_alone(client: Client, log_in: LogIn, ana: User, carla: User) -> None:
    for _ in range(6):
        log_in(ana.email, "not the password")
    log_in(carla.email)
    assert _signed_in(client)


def test_who_logs_in_well_is_never_locked_out(client: Client, log_in: LogIn, ana: User) -> None:
    for _ in range(8):
        log_in(ana.email)
        assert _signed_in(client)
        client.logout()


_FIVE_FAILURES = """
import django
django.setup()
from django.test import Client
client = Client(SERVER_NAME="localhost")
for _ in range(5):
    print(client.post("/", {"login": "Jan.Jansen@demo.example", "password": "wrong"}).status_code)
"""


def test_the_limit_holds_over_processes(process_environment: dict[str, str], client: Client, log_in: LogIn) -> None:
    users.activated(users.jan("Jan.Jansen@demo.example"))
    elsewhere = subprocess.run(
        [sys.executable, "-c", _FIVE_FAILURES],
        env=process_environment, cwd=product.ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert elsewhere.stdout.split() == ["200"] * 5
    assert log_in("Jan.Jansen@demo.example").status_code == 429
    assert not _signed_in(client)


def test_after_logging_in_the_page_that_was_asked_for_opens(log_in: LogIn, ana: User) -> None:
    assert log_in(ana.email, next="/worker/history/?page=2").headers["Location"] == "/worker/history/?page=2"


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/\\evil.example",
        " https://evil.example",
        "/\t/evil.example",
        "https://testserver@evil.example/",
    ],
)
def test_nobody_is_sent_to_another_site(evil: str, client: Client, log_in: LogIn, ana: User) -> None:
    assert evil not in _text(client.get("/", {"next": evil}))
    assert log_in(ana.email, next=evil).headers["Location"] == "/"
    assert client.get("/", {"next": evil}).headers["Location"] == reverse("worker:week_current")


def test_logging_in_changes_the_session_key(client: Client, log_in: LogIn, ana: User) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[product.SESSION_COOKIE_NAME] = str(session.session_key)
    log_in(ana.email)
    assert _signed_in(client)
    assert client.session.session_key != session.session_key
    assert not Client(headers={"cookie": f"sessionid={session.session_key}"}).get("/").headers.get("Location")


def test_the_log_in_page_is_never_kept_by_a_browser(client: Client) -> None:
    assert "no-store" in client.get("/").headers["Cache-Control"]


def test_an_account_of_nobody_is_told_so_and_gets_no_further(client: Client, log_in: LogIn) -> None:
    users.activated(users.jan("jan@demo.example"))
    log_in("jan@demo.example")
    page = client.get("/")
    assert page.status_code == 200
    assert "hoort hier bij niemand meer" in _text(page)


def test_the_demo_fills_a_log_in_that_still_has_to_be_sent(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    page = _text(client.get("/", {"demo": "worker"}))
    assert 'value="medewerker@demo.example"' in page
    assert 'value="welkom-bij-KIS-1"' in page
    assert not _signed_in(client)


@pytest.mark.parametrize("asked", ["system", "nobody", "", "<script>"])
def test_the_demo_fills_in_nobody_else(asked: str, client: Client, settings: Settings) -> None:
    settings.DEMO = True
    page = client.get("/", {"demo": asked})
    assert page.status_code == 200
    assert 'value="welkom-bij-KIS-1"' not in _text(page)


def test_outside_the_demo_its_log_ins_are_nowhere(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    page = _text(client.get("/", {"demo": "worker"}))
    assert "demo.example" not in page
    assert "welkom-bij-KIS-1" not in page


def test_the_page_speaks_the_browsers_language(client: Client) -> None:
    assert "Wachtwoord vergeten?" in _text(client.get("/"))
    assert "Forgot your password?" in _text(client.get("/", headers={"accept-language": "en"}))
    assert "Wachtwoord vergeten?" in _text(client.get("/", headers={"accept-language": "fr"}))
