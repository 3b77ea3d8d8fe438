"""Mail is tested with templates of its own."""

import copy
from pathlib import Path

import pytest
from django.conf import settings as configured
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _sample_templates(settings: Settings) -> None:
    templates = copy.deepcopy(configured.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates
