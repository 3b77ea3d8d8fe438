"""Users and their one-time links."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Max, Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

_TAKEN = _("There is an account with this e-mail address already.")


class UserManager(BaseUserManager["User"]):
    def known_as(self, typed: str) -> models.QuerySet[User]:
        """The user with this user name: in its exact case, unless KIS_CASE_INSENSITIVE_EMAIL lets the case go.

        Never more than one: no two accounts differ only in case. Both sides are folded by the database, as its
        constraint does.
        """
        if settings.KIS_CASE_INSENSITIVE_EMAIL:
            return self.filter(Exact(Lower("email"), Lower(Value(typed))))
        return self.filter(email=typed)


class User(AbstractBaseUser):
    """Somebody who signs in. The e-mail address is the user name, kept and compared in its exact case (guide, G2)."""

    class Language(models.TextChoices):
        DUTCH = "nl", "Nederlands"
        ENGLISH = "en", "English"

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True, error_messages={"unique": _TAKEN})
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.DUTCH)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)  # one more signs out everywhere
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="no_two_accounts_that_differ_only_in_case",
                violation_error_message=_TAKEN,
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Changes with the password and with every "sign out everywhere", which ends all sessions."""
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("kis.accounts.session", value, algorithm="sha256").hexdigest()


class OneTimeLinkQuerySet(models.QuerySet["OneTimeLink"]):
    def usable(self, at: dt.datetime) -> Self:
        """Links that may still be spent."""
        return self.unspent().filter(expires_at__gt=at)

    def unspent(self) -> Self:
        """Links that were neither used nor revoked, expired ones among them."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True)

    def latest_invitations(self) -> Self:
        """Of each user the last invitation; `state()` and the outbox row with its `mail_key` say what became of it."""
        last = self.filter(purpose=OneTimeLink.Purpose.INVITATION).values("user").annotate(last=Max("pk"))
        return self.filter(pk__in=last.values("last"))


class OneTimeLink(models.Model):
    """A link that lets its reader choose a password, once. Only the hash of its token is kept."""

    class Purpose(models.TextChoices):
        INVITATION = "invitation"
        RESET = "reset"

    user = models.ForeignKey(User, models.CASCADE, related_name="one_time_links")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    mail_key = models.CharField(max_length=100, blank=True)

    objects = OneTimeLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True), name="a_link_is_used_or_revoked"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.user_id}"

    def state(self, at: dt.datetime) -> str:
        """What the agency sees of a link: used, revoked, expired, opened or sent."""
        if self.used_at:
            return "used"
        if self.revoked_at:
            return "revoked"
        if self.expires_at <= at:
            return "expired"
        return "opened" if self.opened_at else "sent"
