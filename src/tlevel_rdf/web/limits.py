"""Fixed limits of pages in browsers; see `tlevel_rdf.limits`."""

from __future__ import annotations

from typing import Final

# Queries in browsers

#: Distinct triples of a release that the query page of an exported site loads. The engine has 1 GiB in the browser; the
#: shipped data, 89,471 triples, takes 85 MB of it.
MAX_TRIPLES_IN_BROWSER: Final = 500_000
