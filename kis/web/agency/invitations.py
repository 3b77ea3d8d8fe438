"""How an invitation stands: sent, not delivered, opened, expired, or the account is active."""

from __future__ import annotations

from collections.abc import Collection

from kis.accounts.models import OneTimeLink, User
from kis.core import clock
from kis.post.models import OutboxMail


def invitation_states(users: Collection[User]) -> dict[int, str]:
    """Per user id: "active", "never", "waiting", "failed", "sent", "opened" or "expired"; in two queries."""
    links: dict[int, OneTimeLink] = {}
    for link in OneTimeLink.objects.filter(user__in=users).order_by("pk"):
        links[link.user_id] = link
    keys = [link.mail_key for link in links.values()]
    mails = dict(OutboxMail.objects.filter(key__in=keys).values_list("key", "state"))
    return {user.pk: _state(user, links.get(user.pk), mails) for user in users}


def _state(user: User, link: OneTimeLink | None, mails: dict[str, str]) -> str:
    if user.has_usable_password():
        return "active"
    if link is None:
        return "never"
    if link.expires_at <= clock.now():
        return "expired"
    if link.opened_at:
        return "opened"
    delivered = {OutboxMail.State.FAILED.value: "failed", OutboxMail.State.SENT.value: "sent"}
    return delivered.get(mails.get(link.mail_key, ""), "waiting")
