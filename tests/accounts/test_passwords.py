"""Which passwords are refused, and in which words."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from kis.accounts.models import User
from tests.accounts import users

JAN = User(email="Jan.Jansen@demo.example", name="Jan Jansen")


@pytest.mark.parametrize(
    ("language", "password", "words"),
    [
        ("nl", "w4terfiet", "Dit wachtwoord is te kort. Het heeft minstens 10 tekens nodig."),
        ("en", "w4terfiet", "This password is too short. It needs at least 10 characters."),
        ("nl", "1234567890", "Veel mensen gebruiken dit wachtwoord, dus het wordt als eerste geraden. Kies een ander."),
        ("nl", "jan.jansen@demo", "Dit wachtwoord lijkt te veel op de naam of het e-mailadres. Kies een ander."),
        ("nl", "JanJansen1", "Dit wachtwoord lijkt te veel op de naam of het e-mailadres. Kies een ander."),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(language: str, password: str, words: str) -> None:
    with translation.override(language), pytest.raises(ValidationError) as refused:
        validate_password(password, JAN)
    assert refused.value.messages == [words]


@pytest.mark.parametrize("password", [users.PASSWORD, "welkom-bij-KIS-1", "zaŻółć gęślą"])
def test_a_good_password_of_any_letters_is_taken(password: str) -> None:
    validate_password(password, JAN)
