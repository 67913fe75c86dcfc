"""The handlers of `/api/questions/…`: the answers of the pages `/questions/…` in JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tlevel_rdf.web.api import schema
from tlevel_rdf.web.data import answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tlevel_rdf.web.data.site import Site

    #: The values of an operation's parameters, by name.
    Values = Mapping[str, Any]


def ways_to_job(site: Site, values: Values) -> schema.JobWayList:
    """Return the ways to jobs."""
    answer = answers.ways_to_job(site, values["job"])
    return schema.JobWayList.model_validate({"job": values["job"], **_lists(answer, "ways")})


def compare_specialisms(site: Site, values: Values) -> schema.Comparison:
    """Return the steps after two specialisms."""
    answer = answers.compare_specialisms(site, values["first"], values["second"])
    named = {"first": values["first"], "second": values["second"]}
    return schema.Comparison.model_validate({**named, **_lists(answer, "steps")})


def steps_to_bypass_or_shorten(site: Site, values: Values) -> schema.ShortStepList:
    """Return the steps that a learner may bypass or shorten."""
    answer = answers.steps_to_bypass_or_shorten(site, values["t-level"])
    return schema.ShortStepList.model_validate({"t_level": values["t-level"] or None, **_lists(answer, "steps")})


def open_t_levels(site: Site, values: Values) -> schema.OpenTLevelList:
    """Return the T Levels on which learners can enrol in a year."""
    answer = answers.open_t_levels(site, values["year"])
    return schema.OpenTLevelList.model_validate({"year": values["year"], **_lists(answer, "t_levels")})


def _lists(answer: answers.Answer[Any], name: str) -> dict[str, Any]:
    return {"unknown": [asdict(one) for one in answer.unknown], name: [asdict(row) for row in answer.rows]}
