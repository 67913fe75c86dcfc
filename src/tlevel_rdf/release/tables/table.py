"""The table of a release: one row for each option in CSV, and its description in CSVW."""

from __future__ import annotations

import csv
import json
from itertools import groupby
from typing import TYPE_CHECKING, Final

from tlevel_rdf.graph import terms
from tlevel_rdf.graph.code_schemes import SCHEMES
from tlevel_rdf.graph.description import option_key, specialism_key, standard_behind, t_level_key
from tlevel_rdf.graph.identifiers import place_in_words
from tlevel_rdf.profiles.kinds import Flag, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import QuerySolutions, Store

    from tlevel_rdf.graph.corpus import Corpus
    from tlevel_rdf.graph.identifiers import Identifiers
    from tlevel_rdf.profiles.model import Profile
    from tlevel_rdf.reference.index import ReferenceIndex
    from tlevel_rdf.settings import Settings

    #: Column → the IRI of a thing → its code.
    Codes = Mapping[str, Mapping[str, str]]

CSV: Final = "progression-profiles.csv"
CSVW: Final = "progression-profiles.csv-metadata.json"

#: Column → its description.
COLUMNS: Final = {
    "t_level": "The T Level.",
    "specialism": "The occupational specialism; empty for an option of the whole T Level.",
    "mode": "The heading in the profile: technical, education or work.",
    "kind": "The kind of destination: apprenticeship, higher technical qualification, degree or occupation.",
    "level": "The printed level; empty for degrees and occupations, which have none in profiles.",
    "title": "The title of the destination.",
    "step": "open; or bypassed if the flag is not applicable, so that the learner can skip this step.",
    "flags": "The flags printed on the option, separated by semicolons.",
    "relevant": "yes if the profile calls it the relevant occupation.",
    "standard": "The reference of the occupational standard that the destination is based on, if known.",
    "careers_service": "The job profile of the National Careers Service: the last part of its address, if linked.",
    "hecos": "The code of the subject of the degree in the Higher Education Classification of Subjects, if linked.",
    "source": "The name of the source document.",
    "line": "The line of the source document, or of its page in a PDF.",
    "paragraph": "The paragraph of the source document, if it is a DOCX file.",
    "pdf_page": "The page of the source document, if it is a PDF.",
    "page": "The web page that the source document links to.",
    "option": "The IRI of the option.",
    "destination": "The IRI of the destination.",
}

#: The columns of whole numbers.
INTEGERS: Final = frozenset({"level", "line", "paragraph", "pdf_page"})

#: The schemes of codes by which other data sets name a destination, by column.
_SCHEMES: Final = {"careers_service": "careers-service", "hecos": "hecos"}

#: The options of whole T Levels, which pages of the reference data name.
_OPTIONS_OF_T_LEVELS: Final = f"""SELECT ?t_level ?title ?document ?place ?option ?destination {{
    ?option {terms.OPTION_FOR} ?of ; {terms.LEADS_TO} ?destination ; {terms.WAS_QUOTED_FROM} ?place .
    ?of a {terms.T_LEVEL} ; {terms.PREF_LABEL} ?t_level .
    ?destination {terms.PREF_LABEL} ?title .
    ?place {terms.IS_PART_OF}/{terms.TITLE} ?document .
}} ORDER BY ?t_level ?place"""


def write_table(corpus: Corpus, store: Store, folder: Path) -> None:
    """Write the table (RFC 4180) in UTF-8 with a header row.

    The options of the profiles come first, by T Level and in the order of the document; then those of whole T Levels.
    """
    with (folder / CSV).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        codes = {column: _codes(store, scheme) for column, scheme in _SCHEMES.items()}
        titles = _titles(store)
        for profile in sorted((loaded.value for loaded in corpus.profiles), key=t_level_key):
            writer.writerows(_rows(profile, corpus.reference, corpus.ids, codes, titles))
        writer.writerows(_rows_of_t_levels(store, codes))


def _codes(store: Store, scheme: str) -> dict[str, str]:
    """Return the codes of each thing in a scheme, joined by semicolons."""
    query = f"SELECT DISTINCT ?thing ?code {{ {SCHEMES[scheme].pattern} }} ORDER BY ?thing ?code"
    solutions: QuerySolutions = store.query(query)  # type: ignore[assignment]  # a SELECT query
    return {
        thing: ";".join(row["code"].value for row in rows)
        for thing, rows in groupby(solutions, key=lambda row: row["thing"].value)
    }


def _titles(store: Store) -> dict[str, str]:
    """Return the title of each destination: a register may have another than the profile."""
    steps = f"{terms.LEADS_TO}|{terms.BYPASSES}"
    query = f"SELECT DISTINCT ?thing ?title {{ ?option {steps} ?thing . ?thing {terms.PREF_LABEL} ?title }}"
    solutions: QuerySolutions = store.query(query)  # type: ignore[assignment]  # a SELECT query
    return {row["thing"].value: row["title"].value for row in solutions}


def _rows_of_t_levels(store: Store, codes: Codes) -> Iterator[tuple[object, ...]]:
    solutions: QuerySolutions = store.query(_OPTIONS_OF_T_LEVELS)  # type: ignore[assignment]  # a SELECT query
    for row in solutions:
        values = {
            "t_level": row["t_level"].value,
            "mode": "work",
            "kind": Kind.OCCUPATION,
            "title": row["title"].value,
            "step": "open",
            "source": row["document"].value,
            "line": place_in_words(row["place"].value).removeprefix("line "),
            "option": row["option"].value,
            "destination": row["destination"].value,
        }
        values |= {column: known.get(values["destination"], "") for column, known in codes.items()}
        yield tuple(values.get(column, "") for column in COLUMNS)


#: The columns that are statements about the destination, and the one about the option: the property of each, and the
#: template of its value where that is a thing (Generating RDF from Tabular Data on the Web, section 4). Other columns
#: have words where the vocabulary has things.
_ABOUT_DESTINATION: Final = {
    "level": (terms.LEVEL_PROPERTY, terms.LEVEL + "{level}"),
    "title": (terms.PREF_LABEL, None),
    "standard": (terms.BASED_ON, "%sid/standard/{standard}"),
    "careers_service": (terms.CAREERS_SERVICE_SLUG, None),
}
_ABOUT_OPTION: Final = {
    "mode": (terms.MODE_PROPERTY, terms.MODE + "{mode}"),
    "page": (terms.PAGE, "{+page}"),
    "destination": (terms.TARGET, "{+destination}"),
}


def _statement(name: str, base: str) -> dict[str, object]:
    """Return the part of a column's description that says which RDF statement a cell is."""
    for about, columns in (("destination", _ABOUT_DESTINATION), ("option", _ABOUT_OPTION)):
        if name in columns:
            predicate, value = columns[name]
            found: dict[str, object] = {"aboutUrl": f"{{+{about}}}", "propertyUrl": predicate.value}
            return found | ({"valueUrl": value.replace("%s", base)} if value else {})
    return {"suppressOutput": True}


def write_metadata(settings: Settings, folder: Path) -> None:
    """Write the description of the table (Metadata Vocabulary for Tabular Data, section 5)."""
    links = {"page", "option", "destination"}
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": CSV,
        "dc:title": settings.title,
        "dc:license": {"@id": settings.licence},
        "tableSchema": {
            "columns": [
                {
                    "name": name,
                    "titles": name,
                    "dc:description": text,
                    "datatype": "integer" if name in INTEGERS else "anyURI" if name in links else "string",
                    **({"separator": ";"} if name in {"flags", *_SCHEMES} else {}),
                    **({"lang": "en"} if name == "title" else {}),
                    **_statement(name, settings.base),
                }
                for name, text in COLUMNS.items()
            ]
            + [
                {
                    "name": "type",
                    "virtual": True,
                    "aboutUrl": "{+option}",
                    "propertyUrl": "rdf:type",
                    "valueUrl": terms.PROGRESSION_OPTION.value,
                }
            ],
            "primaryKey": "option",
        },
    }
    (folder / CSVW).write_text(json.dumps(metadata, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _rows(
    profile: Profile, reference: ReferenceIndex, ids: Identifiers, codes: Codes, titles: Mapping[str, str]
) -> Iterator[tuple[object, ...]]:
    key = t_level_key(profile)
    for specialism in profile.specialisms:
        for mode, _, option in specialism.options():
            level, own = option.level_number, option_key(option)
            standard = standard_behind(option, reference)
            destination = ids.destination(option.kind, level, own).value
            yield (
                profile.t_level,
                specialism.title,
                mode,
                option.kind,
                level,
                titles.get(destination, option.title),
                "bypassed" if Flag.NOT_APPLICABLE in option.flags else "open",
                ";".join(option.flags),
                "yes" if option.is_relevant else "",
                standard or "",
                *(known.get(destination, "") for known in codes.values()),
                profile.source.document,
                option.line,
                option.paragraph,
                option.pdf_page,
                option.page,
                ids.option(key, specialism_key(specialism), option.kind, level, own).value,
                destination,
            )
