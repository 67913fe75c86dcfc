"""The YAML template for a new profile."""

from __future__ import annotations

import re

import pytest

from tlevel_rdf.profiles.kinds import Flag, Kind
from tlevel_rdf.profiles.model import Profile
from tlevel_rdf.profiles.template import profile_template
from tlevel_rdf.profiles.validation import parse


def read(text: str) -> Profile:
    return parse(text.encode(), "p.yaml", Profile).value


@pytest.mark.parametrize("title", ["Legal Services", "no", "a: b", " Legal\n  Services ", "x\ny: z", "It's"])
def test_a_template_becomes_a_valid_profile_when_its_values_are_filled_in(title: str) -> None:
    empty = profile_template(title)
    filled = re.sub(
        r"(document|title|[a-z]+ship|qualification|degree|occupation|note|section):(?=  #|\n)", r"\1: X", empty
    )
    filled = re.sub(r"(level|line):(?=  #|\n)", r"\1: 4", filled).replace("sha256:", f"sha256: {'a' * 64}")

    assert read(filled).t_level == " ".join(title.split())


def test_a_template_shows_every_flag_and_kind() -> None:
    empty = profile_template("Health")

    assert [word for word in (*Flag, *Kind) if word not in empty] == []
