"""What is wrong with a rule set or with a week, said so that a page can show it beside the right field."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping


def gettext_noop(text: str) -> str:
    """Mark a message for translation; the page that shows it translates it."""
    return text


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (`bands[2].from`), and what.

    `message` is an English source string with `%(name)s` places for `params`.
    """

    path: str
    message: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        """The message in English."""
        return self.message % self.params

    def under(self, name: str) -> Problem:
        """The same problem, seen from the object that holds it under `name`."""
        joint = "." if self.path and not self.path.startswith("[") else ""
        return dataclasses.replace(self, path=f"{name}{joint}{self.path}")

    def __str__(self) -> str:
        return f"{self.path}: {self.text}" if self.path else self.text


class Invalid(ValueError):
    """Refused: carries every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))

    def under(self, name: str) -> Invalid:
        """The same refusal, seen from the object that holds it under `name`."""
        return Invalid(problem.under(name) for problem in self.problems)


def invalid(path: str, message: str, **params: object) -> Invalid:
    """A refusal for one reason."""
    return Invalid([Problem(path, message, params)])
