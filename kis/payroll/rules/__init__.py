"""From worked time to pay lines, as arithmetic: no database, no clock, no framework.

`form.parse` reads a rule set, `classify` applies it to a week, `explain` says why, `difference` corrects.
"""

from kis.payroll.rules.classify import Classified, classify
from kis.payroll.rules.explanation import Explanation, explain
from kis.payroll.rules.lines import Line, Piece, QuantityLine, applied, difference
from kis.payroll.rules.minimum_call import TopUp
from kis.payroll.rules.model import RuleSet
from kis.payroll.rules.problems import Invalid, Problem
from kis.payroll.rules.worked import Break, Quantity, Rate, WorkedShift, WorkedWeek

__all__ = [
    "Break",
    "Classified",
    "Explanation",
    "Invalid",
    "Line",
    "Piece",
    "Problem",
    "Quantity",
    "QuantityLine",
    "Rate",
    "RuleSet",
    "TopUp",
    "WorkedShift",
    "WorkedWeek",
    "applied",
    "classify",
    "difference",
    "explain",
]
