"""A small, complete set of reference data, with a row of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tlevel_rdf.reference.loading import read_reference

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.reference.model import Reference

FILES: Final = {
    "sources.csv": """\
key,title,page,dated,gathered,licence,attribution
list-1,First list,https://example.org/1,2025-05-25,2026-11-30,https://example.org/licence,Crown copyright
list-2,Second list,https://example.org/2,2026-08-14,2026-11-30,,
undated,"List, without date",,,2026-11-29,,
page-1,Page about Baking,https://example.org/page,2025-06-13,2026-11-30,,
""",
    "areas.csv": """\
kind,key,title,within,source
route,catering,Catering,,list-1
route,catering,Catering and hospitality,,list-2
pathway,bread,Bread,catering,list-1
cluster,rolls,Rolls,bread,list-1
""",
    "standards.csv": """\
reference,title,kind,level,route,version,status,approved,retired,withdrawn,lars code,revised from,\
revised from text,source
ST0001,Baker (old),apprenticeship,2,catering,1.0,Retired,2020-01-31,2024-02-29,,11,,,list-1
ST0001,Baker,apprenticeship,2,catering,1.1,Approved for delivery,2024-03-01,,,11,2026-09-01,September 2026,list-2
FA0002,,foundation apprenticeship,,,,,,,,,,,list-1
""",
    "standard-versions.csv": """\
reference,version,title,status,approved,retired,withdrawn,lars code,level,source
ST0001,1.0,Baker (old),Retired,2020-01-31,2024-02-29,,11,2,list-1
""",
    "standard-titles.csv": "reference,title,source\nST0001,Bread maker,undated\n",
    "soc-2020.csv": "code,title,source\n5432,Bakers and flour confectioners,list-1\n",
    "occupations.csv": """\
reference,title,level,route,pathway,cluster,soc 2020,status,version,updated,typical job titles,source
OCC0001,Craft baker,2,catering,bread,rolls,5432,Approved occupation,1.0,2024-01-02,Baker|Pastry chef|Craft baker,list-2
OCC0001A,Craft baker: rolls,3,catering,,,,,,,,list-2
OCC0003,Mill manager,5,catering,,,,Potential occupational standard,,,,list-2
""",
    "products.csv": """\
code,title,kind,level,note,source
HTQ1,Diploma in Milling,higher technical qualification,5,,list-2
TQ1,Certificate in Flour,technical qualification,3,The list gives it twice.,list-2
TL1a,Baking - Bread,t level,,,list-2
TL1,Baking,t level,,,list-2
""",
    "occupation-products.csv": """\
occupation,product,source
OCC0001,ST0001,list-2
OCC0001,TL1a,list-2
OCC0003,HTQ1,list-2
OCC0003,TQ1,list-2
OCC0003,TL1,list-2
""",
    "t-level-products.csv": "product,t level,specialism,source\nTL1a,Baking,Bread,list-2\nTL1,Baking,,list-2\n",
    "map-edges.csv": "from,to,source\nOCC0001,OCC0003,list-2\n",
    "shown-together.csv": "occupation,shown with,source\nOCC0001,OCC0001A,list-1\n",
    "job-roles.csv": "t level,title,careers slug,line,source\nBaking,baker,baker,47,page-1\n",
    "updates.csv": (
        "date,files,sha 256,new,changed,completed,gone,reason,source\n"
        "2026-11-30,list.csv|more.csv,1f|2e,3,1,0,0,Checked by hand,list-2\n"
    ),
    "t-levels.yaml": """\
t levels:
  - title: Baking
    route: catering
    sources: [list-1, list-2]
    notes:
      - note: Revised in 2025.
        sources: [undated]
    qualifications:
      - number: 603/0001/X
        learning aim: '6030001X'
        first teaching: '2021-09-01'
        last enrolment: {month: 2025-08, sources: [list-2]}
        sources: [list-1]
        framework code: {code: '36', sources: [list-2]}
        awarding organisation: {title: Guild of Bakers, ukprn: '10000001', sources: [undated]}
        notes:
          - note: Superseded.
            sources: [list-2]
    specialisms:
      - title: Bread
        sources: [list-1]
        learning aims:
          - {code: ZTLOS001, qualification: 603/0001/X, sources: [list-1]}
  - title: Milling
    route: catering
    replaced by: Baking
    partly replaced by:
      - {title: Baking, sources: [list-2]}
    sources: [list-1]
    specialisms:
      - {title: Flour, sources: [list-1]}
""",
}
LINKS: Final = """\
#mapping_set_id: https://w3id.org/tlevel/graph/links/jobs
#mapping_set_title: Jobs
#license: https://example.org/licence
#curie_map:
#  id: https://w3id.org/tlevel/id/
#  semapv: https://w3id.org/semapv/vocab/
#  tlp: https://w3id.org/tlevel/def/progression#
subject_id\tpredicate_id\tobject_id\tobject_label\tmapping_justification\tmapping_date\tcomment
id:standard/ST0001\ttlp:forOccupation\tid:occupation/bread-maker\tBread Maker\tsemapv:ManualMappingCuration\t\
2026-11-22\tSee both.
"""


def write_files(folder: Path) -> Path:
    """Write the files to `reference` and `links` in an existing folder, and return `reference`."""
    reference, links = folder / "reference", folder / "links"
    reference.mkdir()
    links.mkdir()
    for name, text in FILES.items():
        (reference / name).write_text(text, encoding="utf-8")
    (links / "jobs.sssom.tsv").write_text(LINKS, encoding="utf-8")
    return reference


def sample(folder: Path) -> Reference:
    """Return the sample, read from files in a folder."""
    reference, findings = read_reference(write_files(folder))
    assert findings == []
    return reference
