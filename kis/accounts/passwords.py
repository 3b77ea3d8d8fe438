"""Django's rules for a new password, in our own words: its Dutch lacks one and stumbles over another."""

from __future__ import annotations

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("This password is too short. It needs at least %(length)s characters.") % {"length": self.min_length}


class NotCommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password, so it is guessed first. Choose another.")


class UnlikeTheUser(UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("This password looks too much like the name or the e-mail address. Choose another.")
