"""Fixed limits of pages in browsers; see `tlevel_rdf.limits`."""

from __future__ import annotations

from typing import Final

# Previews of links

#: Pixels of the height of the picture that other sites show beside a link; its width is 1,200. A higher map has none.
#: With 26 options and 1,068 pixels it took 0.2 s; with 320 options and 2,550 pixels, 1.1 s.
MAX_PREVIEW_HEIGHT: Final = 3_600

# Queries in browsers

#: Distinct triples of a release that the query page of an exported site loads. The engine has 1 GiB in the browser; the
#: shipped data, 89,471 triples, takes 85 MB of it.
MAX_TRIPLES_IN_BROWSER: Final = 500_000
