"""Every write on a user: making one, inviting, activating, resetting, signing out everywhere."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import F

from kis.accounts.models import OneTimeLink, User
from kis.core import audit, clock
from kis.post.operations import Doer, enqueue

INVITATION_LASTS = dt.timedelta(hours=48)  # the guide, G1: "binnen 48 uur"
RESET_LASTS = dt.timedelta(hours=2)
_MAIL = {OneTimeLink.Purpose.INVITATION: "invitation", OneTimeLink.Purpose.RESET: "password_reset"}
_LASTS = {OneTimeLink.Purpose.INVITATION: INVITATION_LASTS, OneTimeLink.Purpose.RESET: RESET_LASTS}


class LinkDead(Exception):
    """The link does not open the door (any more); the three below say why."""


class LinkSpent(LinkDead):
    """The link was used before, or a newer one took its place."""


class LinkExpired(LinkDead):
    """The link is too old."""


class LinkUnknown(LinkDead):
    """There is no such link, or its account was closed."""


def create_user(*, email: str, name: str, language: str = "nl") -> User:
    """A user who cannot sign in until activated. Raises ValidationError with the fields concerned."""
    user = User(email=email.strip(), name=name.strip(), language=language)
    user.set_unusable_password()
    _check(user)
    user.save()
    return user


def change_user(user: User, **values: Any) -> User:
    """Change name, e-mail address or language, or close the account. Raises ValidationError with the fields concerned.

    A new address or a closed account kills the links that are still under way. The caller writes the audit entry.
    """
    for name, value in values.items():
        setattr(user, name, value.strip() if isinstance(value, str) else value)
    _check(user)
    with transaction.atomic():
        user.save(update_fields=values)
        if "email" in values or not user.is_active:
            OneTimeLink.objects.filter(user=user).unspent().update(revoked_at=clock.now())
    return user


def invite(user: User, *, by: Doer, at: dt.datetime) -> OneTimeLink:
    """Mail a link, good for 48 hours, with which the user chooses a password; earlier links die."""
    with transaction.atomic():
        link = _send_link(user, OneTimeLink.Purpose.INVITATION, at)
        _record(user, "invite", by.user_id, by.name, by.party, at)
    return link


def request_reset(email: str, *, at: dt.datetime) -> None:
    """Mail a reset link, good for 2 hours, to the account with exactly this user name, if there is one.

    Somebody who never activated the account gets a fresh invitation instead. The caller's answer is always the same.
    """
    if user := User.objects.known_as(email.strip()).filter(is_active=True).first():
        _send_fitting_link(user, at)


def renew(token_hash: str, *, at: dt.datetime) -> None:
    """Send a new link in place of a dead one, to the account's own address."""
    dead = OneTimeLink.objects.filter(token_hash=token_hash, user__is_active=True).select_related("user").first()
    if dead:
        _send_fitting_link(dead.user, at)


def look_up(token: str, *, at: dt.datetime) -> OneTimeLink:
    """The link behind a token, still usable. Looking never spends it: mail scanners look too.

    Raises LinkUnknown, LinkSpent, LinkExpired.
    """
    link = OneTimeLink.objects.filter(token_hash=hash_of(token)).select_related("user").first()
    if link is None or not link.user.is_active:
        raise LinkUnknown
    if link.used_at or link.revoked_at:
        raise LinkSpent
    if link.expires_at <= at:
        raise LinkExpired
    return link


def note_opened(link: OneTimeLink, *, at: dt.datetime) -> None:
    """Note that somebody, or a mail scanner, has opened the link."""
    OneTimeLink.objects.filter(pk=link.pk, opened_at__isnull=True).update(opened_at=at)


def activate(token: str, password: str, *, at: dt.datetime) -> User:
    """Spend a link, invitation or reset, and set the password, which ends all sessions.

    Of two who try at once, one row changes once. Raises ValidationError (the password is too weak), LinkUnknown,
    LinkSpent, LinkExpired.
    """
    link = look_up(token, at=at)
    validate_password(password, link.user)
    hashed = make_password(password)  # slow on purpose, so before the transaction
    with transaction.atomic():
        if not OneTimeLink.objects.usable(at).filter(pk=link.pk).update(used_at=at):
            raise LinkSpent
        act = "activate" if link.purpose == OneTimeLink.Purpose.INVITATION else "reset_password"
        return _set_password(link.user, hashed, act, at)


def change_password(user: User, password: str, *, at: dt.datetime) -> User:
    """A new password for somebody who has shown the old one; ends all sessions and links. Raises ValidationError."""
    validate_password(password, user)
    hashed = make_password(password)
    with transaction.atomic():
        return _set_password(user, hashed, "change_password", at)


def sign_out_everywhere(user: User, *, at: dt.datetime) -> None:
    """End every session of the user, the present one too."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
        _record_own(user, "sign_out_everywhere", at)


def change_language(user: User, language: str) -> None:
    """Keep the reader's own choice. Raises ValidationError for a language there is not."""
    user.language = language
    user.clean_fields(exclude={field.name for field in user._meta.fields} - {"language"})
    user.save(update_fields=["language"])


def hash_of(token: str) -> str:
    """What is kept of a token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _check(user: User) -> None:
    """Name the address as the culprit when it differs only in case from another."""
    try:
        user.full_clean()
    except ValidationError as error:
        fields = error.error_dict
        if taken := fields.pop(NON_FIELD_ERRORS, None):
            fields.setdefault("email", []).extend(taken)
        raise ValidationError(fields) from error


def _send_fitting_link(user: User, at: dt.datetime) -> None:
    activated = user.has_usable_password()
    _send_link(user, OneTimeLink.Purpose.RESET if activated else OneTimeLink.Purpose.INVITATION, at)


def _send_link(user: User, purpose: OneTimeLink.Purpose, at: dt.datetime) -> OneTimeLink:
    """A link and its mail, once for each moment it was asked for: a job may run twice."""
    token = secrets.token_urlsafe(32)
    key = f"{_MAIL[purpose]}:{user.pk}:{at.isoformat()}"
    with transaction.atomic():
        OneTimeLink.objects.filter(user=user).unspent().exclude(mail_key=key).update(revoked_at=at)
        if known := OneTimeLink.objects.filter(mail_key=key).first():
            return known
        link = OneTimeLink.objects.create(
            user=user, purpose=purpose, token_hash=hash_of(token), created_at=at, expires_at=at + _LASTS[purpose],
            mail_key=key,
        )  # fmt: skip
        enqueue(
            kind=_MAIL[purpose],
            to=user.email,
            language=user.language,
            context={
                "name": user.name,
                "email": user.email,
                "path": f"/account/activate/{token}/",
                "hours": int(_LASTS[purpose] / dt.timedelta(hours=1)),
            },
            key=key,
            at=at,
            secret=token,
        )
    return link


def _set_password(user: User, hashed: str, act: str, at: dt.datetime) -> User:
    User.objects.filter(pk=user.pk).update(password=hashed, session_epoch=F("session_epoch") + 1)
    OneTimeLink.objects.filter(user=user).unspent().update(revoked_at=at)
    _record_own(user, act, at)
    user.refresh_from_db()
    return user


def _record_own(user: User, act: str, at: dt.datetime) -> None:
    _record(user, act, user.pk, user.name, "self", at)


def _record(user: User, act: str, actor_id: int | None, actor_name: str, party: str, at: dt.datetime) -> None:
    audit.record(
        actor_id=actor_id, actor_name=actor_name, party=party, act=act,
        subject_type="User", subject_id=str(user.pk), detail={}, at=at,
    )  # fmt: skip
