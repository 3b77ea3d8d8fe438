"""The icons: drawn in line, so that they take the colour of the word beside them and cost no request."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Each drawn on a field of 24, as what stands inside the <svg>.
_DRAWN = {
    "week": '<path d="M4 20h16M6 16v-5M10 16V6M14 16V8M18 16v-3"/>',
    "history": '<path d="M4 12a8 8 0 1 0 2.5-5.8M4 4v4h4M12 8v4.5l3 2"/>',
    "messages": '<path d="M4 6h16v11H9l-5 4z"/>',
    "documents": '<path d="M7 3h7l5 5v13H7zM14 3v5h5M10 13h6M10 17h6"/>',
    "help": '<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1 1-1.1 1.8M12 17v.01"/>',
    "jobs": '<path d="M4 8h16v11H4zM9 8V5h6v3M4 13h16"/>',
    "status": '<path d="M4 6h16M4 12h16M4 18h16M9 4v4M15 10v4M11 16v4"/>',
    "cockpit": '<path d="M4 18a8 8 0 1 1 16 0M12 18l4-6"/><circle cx="12" cy="18" r="1.5"/>',
    "timesheets": '<path d="M5 4h14v16H5zM9 9h6M9 13h6M9 17h3"/>',
    "payroll": '<path d="M3 7h18v11H3zM7 12.5h.01M17 12.5h.01"/><circle cx="12" cy="12.5" r="2.5"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M3 20a6 6 0 0 1 12 0M15.5 4.8a3.5 3.5 0 0 1 0 6.4'
    'M17.5 14.6A6 6 0 0 1 21 20"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"/>',
    "outbox": '<path d="M4 14v6h16v-6M12 15V4M8 8l4-4 4 4"/>',
    "settings": '<path d="M4 7h9M19 7h1M4 17h1M11 17h9"/><circle cx="16" cy="7" r="2.5"/>'
    '<circle cx="8" cy="17" r="2.5"/>',
    "phone": '<path d="M6 3h3l1.5 5-2 1.5a12 12 0 0 0 6 6l1.5-2 5 1.5v3'
    'c0 1.7-1.3 3-3 3A15 15 0 0 1 3 6c0-1.7 1.3-3 3-3z"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 21a7.5 7.5 0 0 1 15 0"/>',
    "sign_out": '<path d="M14 4H5v16h9M10 12h10M16 8l4 4-4 4"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7"/>',
    "refuse": '<path d="M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3"/>',
    "next": '<path d="m9 5 7 7-7 7"/>',
    "previous": '<path d="m15 5-7 7 7 7"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "attachment": '<path d="m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8'
    'L9.5 17a1.7 1.7 0 0 1-2.4-2.4L14.5 7.5"/>',
    "download": '<path d="M4 16v4h16v-4M12 4v11M8 11l4 4 4-4"/>',
    "print": '<path d="M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
}  # fmt: skip

NAMES = tuple(_DRAWN)


def draw(name: str) -> SafeString:
    """The icon; a word stands beside it, so that it says nothing to a screen reader. Raises KeyError."""
    return format_html(
        '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
        'stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(_DRAWN[name]),  # noqa: S308 -- our own constants
    )
