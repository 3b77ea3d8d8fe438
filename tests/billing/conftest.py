"""The official standards for the tests of this folder."""

from pathlib import Path

import pytest

from tests.standards.official import Standards, official


@pytest.fixture(scope="session")
def standards(shared_standards: Path) -> Standards:
    return official(shared_standards)
