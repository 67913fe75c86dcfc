"""Random profiles for the property tests: values of the model, not text."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from tlevel_rdf.profiles.kinds import Flag
from tlevel_rdf.profiles.model import (
    UNSEEN,
    ApprenticeshipOption,
    DegreeOption,
    HtqOption,
    Note,
    OccupationOption,
    Profile,
    Source,
    Specialism,
)

#: Titles that some YAML parser reads as another type, or that need escapes in quotation marks.
AWKWARD = [
    *("no", "On", "y", "N", "null", "~", "true", "=", "<<", ".inf", ".nan", "0x1F", "0o14", "012", "1_000", "0b1"),
    *("1:30", "1e5", "1.", "4", "-4", "+.5", "2026-11-22", "2026-11-22 10:00:00", "685_230.15", "190:20:30"),
    *("- x", "-", "-x", "---", "...", "? x", "?x", ": x", ":x", "x:", "a: b", "#x", "a #b", "a#b", "&x", "*x", "!x"),
    *("|", ">x", "%x", "@x", "`x", "[x]", "{x}", "x, y", ",x", "'x'", '"x"', "it's", "'", "''", '"', "x'", "a\\b"),
    *("Gŵr tŷ", "é: ü", "Optical\u00a0Assistant", "\U0001f600", "9" * 300, "x" * 300, "1e400"),
]

titles = st.sampled_from(AWKWARD) | st.from_regex(rf"[^\s{UNSEEN}]", fullmatch=True)
titles |= st.text(alphabet="ab1é -:#'\",[]{}&*!?|>%@`~.=_0xo", min_size=1, max_size=12).filter(lambda t: t == t.strip())
keys = st.none() | st.sampled_from(["no", "a-b", "1", "2001-01-01", "012", "0x1f"])
lines = st.none() | st.integers(1, 9999)
places = {"line": lines, "paragraph": lines, "pdf page": lines}
pages = st.none() | st.sampled_from(["https://example.org", "https://example.org/a?b=c#d", "https://e.org/%41'b,c:"])

_common = {
    "flags": st.lists(st.sampled_from(Flag), unique=True).map(tuple),
    **places,
    "page": pages,
    "mapping": pages,
    "key": keys,
    "formerly": st.none() | titles,
}
_levels = st.integers(1, 8)
technical = st.one_of(
    st.fixed_dictionaries({"apprenticeship": titles, "level": _levels, "relevant": st.booleans(), **_common}).map(
        ApprenticeshipOption.model_validate
    ),
    st.fixed_dictionaries({"higher technical qualification": titles, "level": _levels, **_common}).map(
        HtqOption.model_validate
    ),
)
degrees = st.fixed_dictionaries({"degree": titles, **_common}).map(DegreeOption.model_validate)
occupations = st.fixed_dictionaries({"occupation": titles, **_common}).map(OccupationOption.model_validate)
specialisms = st.fixed_dictionaries(
    {
        "title": titles,
        **places,
        "key": keys,
        "formerly": st.none() | titles,
        "technical": st.lists(technical, max_size=3).map(tuple),
        "education": st.lists(degrees, max_size=2).map(tuple),
        "work": st.lists(occupations, max_size=2).map(tuple),
    }
).map(Specialism.model_validate)
sources = st.fixed_dictionaries(
    {
        "document": titles,
        "sha256": st.sampled_from(["0" * 64, "1" * 64, "ab" * 32, "12e4567890" + "1" * 54]),
        "media type": st.sampled_from(["text/plain", "application/pdf"]),
        "section": st.none() | titles,
        "issued": st.none() | st.dates(dt.date(1000, 1, 1)),
        "licence": pages,
        "page": pages,
        "key": keys,
    }
).map(Source.model_validate)
notes = st.fixed_dictionaries({"note": titles | st.just("x" * 2000), **places}).map(Note.model_validate)
profiles = st.fixed_dictionaries(
    {
        "t level": titles,
        "key": keys,
        "source": sources,
        "specialisms": st.lists(specialisms, min_size=1, max_size=3).map(tuple),
        "notes": st.lists(notes, max_size=2).map(tuple),
    }
).map(Profile.model_validate)
