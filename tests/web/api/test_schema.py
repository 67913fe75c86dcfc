"""The JSON objects of the API keep the keys that clients rely on."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests.web.api.conftest import T_LEVEL
from tlevel_rdf.web.api import schema

KEYS = {
    schema.ApiIndex: "self title t_levels search suggestions queries openapi catalogue terms",
    schema.ThingResource: "name iri page",
    schema.TLevelList: "self limit offset next on t_levels",
    schema.TLevelListItem: "name iri page self options state",
    schema.TLevelResource: "name iri page self level routes specialisms qualifications on state",
    schema.StateResource: "in_force text",
    schema.StateOfThing: "name iri page in_force text",
    schema.SpecialismResource: "name iri page options",
    schema.QualificationResource: "name iri page number awarded_by first_taught",
    schema.OptionList: "self specialism t_levels options",
    schema.OptionResource: ("kind title level heading step flags source links identifiers destination iri page"),
    schema.SourceLocation: "document line page paragraph iri described_at",
    schema.RegisterCode: "scheme value",
    schema.PathwayList: "self limit offset next occupation ways",
    schema.Pathway: "t_level specialism how apprenticeship level",
    schema.SearchResultList: "self limit offset next q read_as total results",
    schema.Suggestion: "name iri page kind level",
    schema.SuggestionList: "q read_as suggestions",
    schema.StatementResource: "thing thing_iri property property_iri value value_iri language stated_in",
    schema.StatementList: "thing omitted statements",
    schema.CodeStatement: "thing source valid_from valid_until replaced_by",
    schema.CodeResource: "scheme scheme_title code statements others occupations on states",
    schema.JobWay: "job reference t_level specialism how named_as apprenticeship level source",
    schema.JobWayList: "job unknown ways",
    schema.ComparedStep: "step kind level after_first after_second",
    schema.Comparison: "first second unknown steps",
    schema.ShortStep: "step kind level t_level specialism effect mapping_document source",
    schema.ShortStepList: "t_level unknown steps",
    schema.OpenTLevel: "t_level route first_teaching last_enrolment",
    schema.OpenTLevelList: "year unknown t_levels",
    schema.SearchResult: "name iri page kind level kinds codes other_names t_levels more",
    schema.Prefix: "prefix iri",
    schema.TermResource: "name iri kind term uses",
    schema.TermList: "self limit offset next prefixes terms",
}


@pytest.mark.parametrize("model", KEYS)
def test_each_object_has_its_keys_in_this_order(model: type[schema.ApiModel]) -> None:
    keys = [field.serialization_alias or name for name, field in model.model_fields.items()]
    assert keys == KEYS[model].split()


def test_an_object_is_immutable_and_takes_no_other_keys() -> None:
    thing = schema.ThingResource(name="a", iri="https://e.org/a", page=T_LEVEL)
    with pytest.raises(ValidationError, match="frozen"):
        thing.name = "b"  # type: ignore[misc]  # the assignment must fail
    with pytest.raises(ValidationError, match="extra"):
        schema.ThingResource.model_validate({**thing.model_dump(), "other": 1})
