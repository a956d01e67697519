"""Opening a survey once: read, scored and made ready, and kept for whoever asks for the same content again."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.errors import InputError
from simulation.microdata.donors import Donors, make_donors
from simulation.microdata.files import digest, read_content
from simulation.microdata.layout import Layout, SurveyFile, SurveySource
from simulation.microdata.reading import survey_of
from simulation.microdata.score import Score, estimate_score
from simulation.microdata.shape import estimate_inputs
from simulation.microdata.survey import Survey


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A survey, the score estimated on it, its households as donors, and the inputs of the model that it decides."""

    survey: Survey
    score: Score
    donors: Donors
    inputs: dict[str, float]


_KEPT: dict[tuple[str, Layout], Opened] = {}
_MOST_KEPT = 4


def describe_source(file: SurveyFile, layout: Layout) -> SurveySource:
    """Read a survey and return what a plan keeps of it; raise ``InputError`` for what is wrong in it."""
    content = read_content(file.path, file.name)
    sha256 = digest(content)
    opened = _opened(content, sha256, file.name, layout)
    households, complete = opened.survey.households, int(opened.survey.complete.sum())
    return SurveySource(file.name, sha256, layout, households, complete, tuple(opened.inputs.items()), file.path)


def open_survey(source: SurveySource) -> Opened:
    """Return the survey of a plan; raise ``InputError`` where the file is gone or no longer the same."""
    known = _KEPT.get((source.sha256, source.layout))
    if known is not None:
        return known
    content = read_content(source.path, source.name)
    if digest(content) != source.sha256:
        raise InputError(
            f"{source.name}: the survey has changed since the plan was made (its content has another hash); load the "
            "scenario again."
        )
    return _opened(content, source.sha256, source.name, source.layout)


def _opened(content: bytes, sha256: str, name: str, layout: Layout) -> Opened:
    key = sha256, layout
    if key not in _KEPT:
        survey = survey_of(content, layout, name)
        score = estimate_score(survey)
        donors = make_donors(survey, score, assistance_included=layout.assistance_included)
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = Opened(survey, score, donors, estimate_inputs(survey, score))
    return _KEPT[key]
