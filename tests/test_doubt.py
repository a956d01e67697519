"""What is only assumed stands beside every headline, as the last sensitivity analysis found it."""

import pytest

from simulation.experiments.doubt import Doubt, doubt_in_words, doubts
from simulation.experiments.summary import HEADLINES as SUMMARY
from simulation.measures import MEASURES
from simulation.uncertainty.designs import HEADLINES


def test_every_headline_of_the_analysis_has_its_doubt():
    assert set(doubts()) == set(HEADLINES)
    for name, doubt in doubts().items():
        assert name in MEASURES
        assert doubt.low <= doubt.share <= doubt.high
        assert doubt_in_words(name)


def test_headlines_of_a_run_without_it_are_few():
    shown = {name for names in SUMMARY.values() for name in names}
    assert shown - set(HEADLINES) == {"leakage_floor", "record_age_months"}
    assert doubt_in_words("leakage_floor") == ""


@pytest.mark.parametrize(
    ("doubt", "words"),
    [
        (Doubt(0.844, 0.71, 0.966), "84% (71-97)"),
        (Doubt(1.04, 0.9, 1.2), "100% (90-100)"),
        (Doubt(0, -0.1, 0.1), "0% (0-10)"),
    ],
)
def test_a_share_of_a_variance_is_between_none_and_all(doubt, words):
    assert doubt.in_words() == words
