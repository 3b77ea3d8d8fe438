"""What import-linter and ruff cannot say: requests and responses belong to the pages."""

from tests.house import source

PAGES = ("kis/web/", "kis/config/")
OF_THE_PAGES = ("django.http", "django.shortcuts", "django.template.response")


def test_only_pages_know_requests_and_responses():
    found = [
        f"{source.name(path)} imports {module}"
        for path in source.modules("kis")
        if not source.name(path).startswith(PAGES)
        for module in source.imports(path)
        if module in OF_THE_PAGES
    ]
    assert found == []


def test_the_product_needs_no_package_of_the_tests():
    of_the_tests = {
        "tests",
        "pytest",
        "hypothesis",
        "lxml",
        "jsonschema",
        "saxonche",
        "openpyxl",
        "yaml",
        "zeal",
        "psutil",
    }
    found = [
        f"{source.name(path)} imports {module}"
        for path in source.modules("kis")
        for module in source.imports(path)
        if module.split(".")[0] in of_the_tests
    ]
    assert found == []
