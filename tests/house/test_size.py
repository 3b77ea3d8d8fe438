"""No room is too large to take in at a glance."""

import ast

from tests.house import source

LINES_PER_FILE = 420
LINES_PER_FUNCTION = 60


def test_no_file_outgrows_the_house():
    files = {source.name(path): len(path.read_text().splitlines()) for path in source.modules("kis", "tests", "bench")}
    assert {file: lines for file, lines in files.items() if lines > LINES_PER_FILE} == {}


def test_no_function_outgrows_a_screen():
    long = [
        f"{source.name(path)}: {node.name} has {length} lines"
        for path in source.modules("kis", "tests", "bench")
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.FunctionDef) and (length := _length(node)) > LINES_PER_FUNCTION
    ]
    assert long == []


def _length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1
