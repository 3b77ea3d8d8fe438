"""Every write on a user."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from kis.accounts import operations
from kis.accounts.models import OneTimeLink, User
from kis.core.models import AuditEntry
from kis.post.models import OutboxMail
from kis.staffing.actor import SYSTEM
from tests.accounts import users

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
NOON = users.NOON


def test_an_account_keeps_the_address_as_it_was_typed() -> None:
    assert users.jan(" Jan.Jansen@Demo.example ").email == "Jan.Jansen@Demo.example"


def test_a_new_account_cannot_sign_in_yet() -> None:
    assert not users.jan().has_usable_password()


@pytest.mark.parametrize("taken", ["Jan.Jansen@demo.example", "jan.jansen@demo.example"])
def test_a_taken_address_is_named_beside_its_field(taken: str) -> None:
    users.jan("Jan.Jansen@demo.example")
    with pytest.raises(ValidationError) as refused:
        users.jan(taken)
    assert refused.value.message_dict == {"email": ["Er is al een account met dit e-mailadres."]}


def test_all_that_is_wrong_with_a_new_account_is_named() -> None:
    with pytest.raises(ValidationError) as refused:
        operations.create_user(email="no address", name="", language="xx")
    assert set(refused.value.message_dict) == {"email", "name", "language"}


def test_a_change_of_address_may_not_meet_another_account() -> None:
    users.jan("esra@demo.example")
    jan = users.jan("jan@demo.example")
    with pytest.raises(ValidationError) as refused:
        operations.change_user(jan, email="ESRA@demo.example")
    assert set(refused.value.message_dict) == {"email"}
    assert User.objects.get(pk=jan.pk).email == "jan@demo.example"


def test_only_the_case_of_ones_own_address_may_change() -> None:
    jan = operations.change_user(users.jan("jan@demo.example"), email="Jan@demo.example")
    assert User.objects.get().email == jan.email == "Jan@demo.example"


@pytest.mark.parametrize("change", [{"email": "new@demo.example"}, {"is_active": False}])
def test_a_new_address_and_a_closed_account_kill_the_links_under_way(change: dict[str, object]) -> None:
    jan = users.jan()
    token = users.invited(jan)
    operations.change_user(jan, **change)
    with pytest.raises(operations.LinkDead):
        operations.activate(token, users.PASSWORD, at=NOON)


def test_a_new_name_leaves_the_link_alone() -> None:
    jan = users.jan()
    token = users.invited(jan)
    operations.change_user(jan, name="Jan de Boer")
    assert operations.activate(token, users.PASSWORD, at=NOON).name == "Jan de Boer"


def test_an_invitation_goes_to_the_address_in_the_readers_language() -> None:
    users.invited(users.jan(language="en"))
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to, mail.language) == ("invitation", "Jan.Jansen@demo.example", "en")
    assert mail.subject == "Activate your account: choose a password"
    assert "48 hours" in mail.text
    assert "Jan.Jansen@demo.example" in mail.text


def test_an_invitation_in_dutch_has_its_link_in_text_and_in_html() -> None:
    token = users.invited(users.jan())
    mail = OutboxMail.objects.get()
    assert mail.subject == "Activeer het account: kies een wachtwoord"
    assert "Beste Jan Jansen," in mail.text
    assert f"/account/activate/{token}/" in mail.text
    assert f"/account/activate/{token}/" in mail.html


def test_a_name_with_markup_is_text_in_both_forms_of_the_mail() -> None:
    user = operations.create_user(email="x@demo.example", name="<b>O'Neil & Zn</b>")
    operations.invite(user, by=SYSTEM, at=NOON)
    mail = OutboxMail.objects.get()
    assert "Beste <b>O'Neil & Zn</b>," in mail.text
    assert "<b>" not in mail.html


def test_an_invitation_is_written_in_the_audit_log() -> None:
    jan = users.jan()
    operations.invite(jan, by=SYSTEM, at=NOON)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.party, entry.subject_type, entry.subject_id) == ("invite", "system", "User", str(jan.pk))


def test_a_link_is_found_by_its_mail() -> None:
    users.invited(users.jan())
    assert OneTimeLink.objects.get().mail_key == OutboxMail.objects.get().key


def test_activating_sets_the_password_once() -> None:
    token = users.invited(users.jan())
    assert operations.activate(token, users.PASSWORD, at=NOON).check_password(users.PASSWORD)
    with pytest.raises(operations.LinkSpent):
        operations.activate(token, "a thief's own password", at=NOON)
    assert User.objects.get().check_password(users.PASSWORD)


def test_looking_spends_nothing() -> None:
    token = users.invited(users.jan())
    for _ in range(3):
        operations.note_opened(operations.look_up(token, at=NOON), at=NOON)
    assert operations.activate(token, users.PASSWORD, at=NOON).has_usable_password()


def test_the_first_opening_is_the_one_that_is_kept() -> None:
    link = operations.look_up(users.invited(users.jan()), at=NOON)
    operations.note_opened(link, at=NOON + HOUR)
    operations.note_opened(link, at=NOON + 2 * HOUR)
    link.refresh_from_db()
    assert link.opened_at == NOON + HOUR


def test_an_invitation_works_just_before_48_hours_and_not_after() -> None:
    token = users.invited(users.jan())
    with pytest.raises(operations.LinkExpired):
        operations.activate(token, users.PASSWORD, at=NOON + 48 * HOUR)
    operations.activate(token, users.PASSWORD, at=NOON + 48 * HOUR - dt.timedelta(seconds=1))


def test_a_reset_link_works_for_two_hours() -> None:
    jan = users.activated(users.jan())
    operations.request_reset(jan.email, at=NOON)
    token = users.mailed_token(jan)
    operations.look_up(token, at=NOON + 2 * HOUR - dt.timedelta(seconds=1))
    with pytest.raises(operations.LinkExpired):
        operations.look_up(token, at=NOON + 2 * HOUR)


@pytest.mark.parametrize("token", ["", "x", "é" * 40, "a" * 5000])
def test_a_made_up_token_is_unknown(token: str) -> None:
    with pytest.raises(operations.LinkUnknown):
        operations.activate(token, users.PASSWORD, at=NOON)


def test_a_weak_password_is_refused_and_spends_nothing() -> None:
    token = users.invited(users.jan())
    with pytest.raises(ValidationError):
        operations.activate(token, "short", at=NOON)
    operations.activate(token, users.PASSWORD, at=NOON)


def test_a_newer_invitation_takes_the_place_of_the_older() -> None:
    jan = users.jan()
    old = users.invited(jan)
    new = users.invited(jan, NOON + HOUR)
    with pytest.raises(operations.LinkSpent):
        operations.activate(old, users.PASSWORD, at=NOON + HOUR)
    operations.activate(new, users.PASSWORD, at=NOON + HOUR)


def test_a_reset_goes_to_the_exact_user_name_only() -> None:
    users.activated(users.jan())
    before = OutboxMail.objects.count()
    for typed in ["jan.jansen@demo.example", "nobody@demo.example", ""]:
        operations.request_reset(typed, at=NOON + HOUR)
    assert OutboxMail.objects.count() == before
    operations.request_reset("Jan.Jansen@demo.example", at=NOON + HOUR)
    assert OutboxMail.objects.latest("pk").kind == "password_reset"


def test_a_closed_account_gets_no_reset() -> None:
    jan = operations.change_user(users.activated(users.jan()), is_active=False)
    operations.request_reset(jan.email, at=NOON + HOUR)
    assert users.last_mail(jan).kind == "invitation"


def test_who_never_activated_gets_a_fresh_invitation_instead_of_a_reset() -> None:
    jan = users.jan()
    operations.request_reset(jan.email, at=NOON)
    assert users.last_mail(jan).kind == "invitation"


def test_a_request_that_is_handled_twice_mails_once() -> None:
    jan = users.activated(users.jan())
    for _ in range(2):
        operations.request_reset(jan.email, at=NOON + HOUR)
    assert OutboxMail.objects.filter(kind="password_reset").count() == 1
    operations.activate(users.mailed_token(jan), "zwemmen in de Maas", at=NOON + HOUR)


def test_a_dead_link_is_renewed_to_the_accounts_own_address() -> None:
    jan = users.jan()
    token = users.invited(jan)
    operations.renew(operations.hash_of(token), at=NOON + 72 * HOUR)
    operations.activate(users.mailed_token(jan), users.PASSWORD, at=NOON + 73 * HOUR)


def test_a_made_up_link_is_renewed_to_nobody() -> None:
    operations.renew(operations.hash_of("made up"), at=NOON)
    assert not OutboxMail.objects.exists()


def test_a_reset_is_an_entry_of_the_user_in_the_audit_log() -> None:
    jan = users.activated(users.jan())
    operations.request_reset(jan.email, at=NOON)
    operations.activate(users.mailed_token(jan), "zwemmen in de Maas", at=NOON)
    assert list(AuditEntry.objects.order_by("pk").values_list("act", "party", "actor_name")) == [
        ("invite", "system", "KIS Online"),
        ("activate", "self", "Jan Jansen"),
        ("reset_password", "self", "Jan Jansen"),
    ]


def test_a_changed_password_kills_the_links_under_way() -> None:
    jan = users.activated(users.jan())
    operations.request_reset(jan.email, at=NOON)
    token = users.mailed_token(jan)
    operations.change_password(jan, "zwemmen in de Maas", at=NOON)
    with pytest.raises(operations.LinkSpent):
        operations.look_up(token, at=NOON)


def test_signing_out_everywhere_is_in_the_audit_log() -> None:
    operations.sign_out_everywhere(users.jan(), at=NOON)
    assert AuditEntry.objects.get().act == "sign_out_everywhere"


def test_a_language_there_is_not_is_refused() -> None:
    jan = users.jan()
    with pytest.raises(ValidationError):
        operations.change_language(jan, "xx")
    operations.change_language(jan, "en")
    assert User.objects.get().language == "en"
