"""Pages show and ask; they never write, never look around their actor, and bear an audience mark."""

import ast
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from kis.web.access import audience_of
from tests.house import source

WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def test_no_page_writes_to_the_database():
    found = [where for where, call in _calls() if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES]
    assert found == []


def test_no_page_fetches_a_row_without_asking_who_looks():
    """`Sheet.objects.visible_to(actor)` is where a page begins; `Sheet.objects.get(pk=...)` forgets the actor."""
    found = [where for where, call in _calls() if _forgets_the_actor(call)]
    assert found == []


def _forgets_the_actor(call: ast.Call) -> bool:
    """Whether it fetches a row of a model that not everybody may see, straight from the table."""
    guarded = {model.__name__ for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")}
    if ast.unparse(call.func) == "get_object_or_404":
        return ast.unparse(call.args[0]).removesuffix(".objects") in guarded
    return ast.unparse(call.func) in {f"{name}.objects.get" for name in guarded}


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in source.modules("kis/web"):
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.Call):
                yield f"{source.name(path)}:{node.lineno}: {ast.unparse(node)}", node


def _views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _views(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


@pytest.mark.parametrize(("address", "view"), [pytest.param(*found, id=found[0]) for found in _views(get_resolver())])
def test_every_address_says_for_whom_it_is(address: str, view: Callable[..., Any]):
    assert audience_of(view), f"/{address} is for nobody"
