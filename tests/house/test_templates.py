"""Templates keep to the content security policy: no inline script, no inline style. Mail needs inline style."""

import re

import pytest

from tests.house import source

INLINE = {
    "style": re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE),
    "address of another site": re.compile(
        r"<(?:script|link|img|iframe|form)\b[^>]*=[\"']?(?:https?:)?//", re.IGNORECASE
    ),
}
TEMPLATES = [path for path in sorted((source.ROOT / "kis").rglob("templates/**/*.html")) if path.parent.name != "post"]


@pytest.mark.parametrize("what", INLINE)
def test_no_template_has_an_inline(what: str):
    found = [source.name(path) for path in TEMPLATES if INLINE[what].search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 20
