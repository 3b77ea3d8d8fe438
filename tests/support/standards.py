"""The official schemas and samples of the message formats, where they lie beside the project."""

from pathlib import Path

import pytest

STANDARDS: Path = Path(__file__).resolve().parents[3] / "shared" / "standards"


@pytest.fixture(scope="session")
def shared_standards() -> Path:
    """The folder with the official schemas, rules and samples; a test without it is skipped."""
    if not STANDARDS.is_dir():
        pytest.skip("standards: ../shared/standards is not there, so nothing is validated against official schemas")
    return STANDARDS
