"""A small set of tables, and downloads about it in the layouts of the official ones. The values are made up."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.reference.updating.reading import read_download
from tlevel_rdf.reference.updating.update import UpdateOptions, UpdateResult, update_reference

if TYPE_CHECKING:
    from pathlib import Path

    from tlevel_rdf.reference.model import Reference
    from tlevel_rdf.reference.updating.download import Download

TODAY: Final = dt.date(2026, 11, 30)
#: The day of downloads that state none.
DAY: Final = dt.date(2026, 11, 28)
#: The columns of the official table, in its order.
COLUMNS: Final = (
    "Programme Type",
    "Name",
    "Reference",
    "Version Number",
    "Proposal Approved",
    "Status",
    "Approved for Delivery Date",
    "Retired date",
    "Withdrawn date",
    "Route",
    "Level",
    "Maximum Funding (£)",
    "LARS code for providers only",
    "Link",
    "Overview of role",
    "Banners",
)
STANDARDS: Final = [f"ST{number:04}" for number in range(1, 41)]
OCCUPATIONS: Final = [f"OCC{number:04}" for number in range(1, 31)]

_STANDARDS: Final = "".join(
    f"{code},Baker {code[-2:]},apprenticeship,2,catering,1.0,Approved for delivery,2020-01-31,,,{int(code[2:])},,,"
    "register-2026-08-14\n"
    for code in STANDARDS
)
_OCCUPATIONS: Final = "".join(
    f"{code},Baker {code[-2:]},2,catering,,,5432,Approved occupation,1.0,,,occupational-maps-2026-09-11\n"
    for code in OCCUPATIONS
)
FILES: Final = {
    "sources.csv": """\
# Sources of the sample.
key,title,page,dated,gathered,licence,attribution
register-2026-08-14,Register,,2026-08-14,2026-11-22,,
register-2025-05-25,Older register,,2025-05-25,2026-11-22,,
occupational-maps-2026-09-11,Map,,2026-09-11,2026-11-22,,
""",
    "areas.csv": """\
kind,key,title,within,source
route,catering,Catering and hospitality,,occupational-maps-2026-09-11
route,digital,Digital,,occupational-maps-2026-09-11
pathway,bread,Bread,catering,occupational-maps-2026-09-11
cluster,rolls,Rolls,bread,occupational-maps-2026-09-11
""",
    "standards.csv": (
        "# Edited by hand.\n"
        "reference,title,kind,level,route,version,status,approved,retired,withdrawn,lars code,revised from,"
        "revised from text,source\n"
        "AU0001,Rolls: unit,apprenticeship unit,2,,1.0,Approved for delivery,,,,,,,register-2026-08-14\n"
        + _STANDARDS
        + "ST0099,Miller,apprenticeship,3,catering,,In development,,,,,,,register-2025-05-25\n"
    ),
    "standard-versions.csv": "reference,version,title,status,approved,retired,withdrawn,lars code,level,source\n",
    "standard-titles.csv": "reference,title,source\n",
    "soc-2020.csv": "code,title,source\n5432,Bakers,occupational-maps-2026-09-11\n",
    "occupations.csv": (
        "reference,title,level,route,pathway,cluster,soc 2020,status,version,updated,typical job titles,source\n"
        + _OCCUPATIONS
    ),
    "products.csv": "code,title,kind,level,note,source\n",
    "occupation-products.csv": "occupation,product,source\n",
    "t-level-products.csv": "product,t level,specialism,source\n",
    "map-edges.csv": "from,to,source\n",
    "shown-together.csv": "occupation,shown with,source\n",
    "job-roles.csv": "t level,title,careers slug,line,source\n",
    "t-levels.yaml": "t levels: []\n",
}


def write_folder(parent: Path) -> Path:
    """Write the tables to `data/reference` in a folder."""
    folder = parent / "data" / "reference"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def row(code: str, **values: str) -> dict[str, str]:
    """Make a row of the official table that states what the sample has."""
    return {
        "Programme Type": "Apprenticeship unit" if code.startswith("AU") else "Apprenticeship standard",
        "Name": "Rolls: unit" if code == "AU0001" else f"Baker {code[-2:]}",
        "Reference": code,
        "Version Number": "1.0",
        "Proposal Approved": "Yes",
        "Status": "Approved for delivery",
        "Approved for Delivery Date": "TBC" if code == "AU0001" else "31-01-2020",
        "Withdrawn date": "01-01-0001",
        "Route": "" if code == "AU0001" else "Catering and hospitality",
        "Level": "2",
        "LARS code for providers only": "0" if code == "AU0001" else str(int(code[2:])),
        "Overview of role": "Bakes.\nOften early.",
        **values,
    }


def all_rows(**changes: dict[str, str]) -> list[dict[str, str]]:
    """Make the rows of a table that repeats the sample, with changes to some of them."""
    return [row(code, **changes.get(code, {})) for code in ("AU0001", *STANDARDS)]


def table(rows: list[dict[str, str]], day: str = "28 November 2026") -> str:
    """Write the official table."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return f"Apprenticeships accurate as of {day}\r\n{text.getvalue()}"


def version(code: str, number: str = "1.0", **values: Any) -> dict[str, Any]:
    """Make a record of the official list."""
    return {
        "referenceNumber": code,
        "version": number,
        "title": f"Baker {code[-2:]}",
        "status": "Approved for delivery",
        "level": 2,
        "larsCode": int(code[2:]),
        "route": "Catering and hospitality",
        "approvedForDelivery": "2020-01-31T00:00:00",
        "lastUpdated": "2024-01-31T10:00:00",
        "duties": [{"dutyDetail": "Bake."}],
        **values,
    }


def occupation(code: str, **values: Any) -> dict[str, Any]:
    """Make an answer about an occupation."""
    return {
        "object": "Occupation",
        "stdCode": code,
        "name": f"Baker {code[5:7]}",
        "status": 1,
        "statusName": "Approved occupation",
        "level": 2,
        "versionNo": "1.0",
        "statusLastUpdated": "0001-01-01",
        "soc": {"soc2010Code": 5432, "soc2020Code": 5432},
        "mapHierarchy": {"routeId": 3, "routeName": "Catering and hospitality"},
        **values,
    }


def save(folder: Path, name: str, content: str | bytes | object) -> Path:
    """Save a download."""
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content, indent=1)
        path.write_bytes(text.encode())
    return path


def update(folder: Path, *paths: Path, reason: str = "", is_dry: bool = False) -> UpdateResult:
    """Update the tables of a folder; downloads without a date are of 28 November 2026."""
    options = UpdateOptions(TODAY, DAY, reason, is_dry=is_dry)
    return update_reference(paths, folder, folder, options)


def read(path: Path, reference: Reference) -> Download:
    """Read a download."""
    return read_download(path, DAY, reference)


def rows_of(folder: Path, file: str) -> list[dict[str, str]]:
    """Read the rows of a table."""
    text = (folder / file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def texts(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
