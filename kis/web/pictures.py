"""Pictures of the help: made by `bin/pictures`, one for each language, with their sizes beside them."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kis.web.formats import is_dutch

FOLDER = "web/help"
INDEX = "sizes.json"


def picture(name: str, alt: str) -> SafeString:
    """A figure with the picture of that name, as the reader's language has it."""
    width, height = _sizes()[name]
    address = static(f"{FOLDER}/{name}-{'nl' if is_dutch() else 'en'}.webp")
    return format_html(
        '<figure class="shot"><img src="{}" alt="{}" width="{}" height="{}" loading="lazy"></figure>',
        address, alt, width, height,
    )  # fmt: skip


@functools.cache
def _sizes() -> dict[str, list[int]]:
    found: dict[str, list[int]] = json.loads((Path(__file__).parent / "static" / FOLDER / INDEX).read_text())
    return found
