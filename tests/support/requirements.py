"""What a test needs from the machine: without it the test is skipped, or fails where it is required."""

import os
from typing import NoReturn

import pytest


def required(what: str) -> bool:
    """Whether KIS_REQUIRE, such as `postgres,browser`, names it."""
    return what in os.environ.get("KIS_REQUIRE", "").split(",")


def missing(what: str, why: str) -> NoReturn:
    """Skip the test, saying why; fail it where KIS_REQUIRE says that `what` must be there."""
    if required(what):
        pytest.fail(f"{what} is required (KIS_REQUIRE), but {why}", pytrace=False)
    pytest.skip(f"{what}: {why}")
