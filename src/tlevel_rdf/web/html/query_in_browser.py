"""The query page of an exported site, which runs queries in the browser: whether it can, and what it loads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tlevel_rdf.web.data.dumps import dumps
from tlevel_rdf.web.http.media_types import TRIG
from tlevel_rdf.web.limits import MAX_TRIPLES_IN_BROWSER

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

#: The data of an exported site, compressed with gzip, and the terms that the editor suggests.
DATA_PATH: Final = "/_/data.trig.gz"
TERMS_PATH: Final = "/_/terms.json"
#: `make` builds it from assets/. Without it, the page says that a server is missing.
_HAS_ENGINE: Final = (Path(__file__).parent / "static" / "query-engine.js").is_file()


def browser_data(site: Site) -> Path | None:
    """Return the dump that the query page loads; None if the page runs no queries.

    It runs queries on exported sites only, over a release that the memory of a browser can hold. TriG is the smallest
    dump with named graphs: compressed, it has 60 % of the size of N-Quads.
    """
    if not (_HAS_ENGINE and site.is_static and site.folder) or site.counts.triples > MAX_TRIPLES_IN_BROWSER:
        return None
    return next((site.files[one.name] for one in dumps(site) if one.media_type is TRIG and not one.is_gzipped), None)
