import re

from kis.timesheets.working_time.explanations import SENTENCES
from kis.timesheets.working_time.rules import RULES, Law, Severity


def test_every_rule_of_the_specification_is_in_the_table() -> None:
    numbers = {"W": 11, "N": 6, "Y": 8, "K": 1}
    assert list(RULES) == [f"{letter}{n:02d}" for letter, last in numbers.items() for n in range(1, last + 1)]


def test_an_article_says_its_law_and_where_to_read_it() -> None:
    day_off, shops = RULES["W06"].articles
    assert (str(day_off), day_off.url) == ("ATW 5:5.2", "https://wetten.overheid.nl/jci1.3:c:BWBR0007671&artikel=5:5")
    assert (str(shops), shops.url) == ("ATB 2.1:4", "https://wetten.overheid.nl/jci1.3:c:BWBR0007687&artikel=2.1:4")
    assert shops.law is Law.ATB
    assert RULES["W09"].articles[0].url.endswith("&artikel=1:7")


def test_every_article_looks_like_one() -> None:
    for rule in RULES.values():
        assert rule.articles
        assert rule.levels
        assert all(re.fullmatch(r"\d(\.\d)?:\d+(\.\d)?[a-e]?", article.number) for article in rule.articles)


def test_every_rule_has_a_sentence_and_every_sentence_a_rule() -> None:
    assert {key[:3] for key in SENTENCES} == set(RULES)


def test_red_is_graver_than_amber_and_amber_than_info() -> None:
    assert sorted(Severity, key=lambda severity: severity.rank) == [Severity.INFO, Severity.AMBER, Severity.RED]
