"""A parser of Link headers (RFC 8288, section 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tlevel_rdf.web.http.messages import Response

LINK = re.compile(r'<([\x21\x23-\x3b\x3d\x3f-\x7e]*)>((?:; [a-z]+="[\x20\x21\x23-\x7e]*")+)')


def links(response: Response) -> list[tuple[str, str, str]]:
    """Return the relation type, target and media type of each link, and check that the header contains nothing else."""
    text = response.header("link") or ""
    found = list(LINK.finditer(text))
    assert ", ".join(match.group() for match in found) == text
    parameters = [dict(re.findall(r'; ([a-z]+)="([^"]*)"', match[2])) for match in found]
    return [(p["rel"], match[1], p.get("type", "")) for match, p in zip(found, parameters, strict=True)]


def targets(response: Response, relation: str) -> list[str]:
    return [target for rel, target, _ in links(response) if rel == relation]
