"""The data set in the words of schema.org, for search engines that read pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.web.handlers.dcat import dumps

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

#: What would end the element that holds the text, or begin a comment in it (HTML, section 4.12.1.3).
_UNSAFE: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def dataset_markup(site: Site) -> str:
    """A `Dataset` of schema.org in JSON-LD, safe to stand in a script element, where it is data and does not run."""
    return json.dumps(_dataset(site), ensure_ascii=False).translate(_UNSAFE)


def _dataset(site: Site) -> dict[str, Any]:
    about, catalogue = site.about, f"{site.base}catalogue"
    said = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": site.dataset,
        "name": about.title,
        "description": about.description,
        "url": site.base,
        "identifier": site.dataset,
        "license": about.licence,
        "creditText": about.attribution,
        "publisher": {"@type": "Organization", "name": about.publisher} if about.publisher else "",
        "version": site.date.isoformat() if site.date else "",
        "dateModified": site.date.isoformat() if site.date else "",
        "isAccessibleForFree": True,
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": catalogue, "url": catalogue},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": dump.name,
                "contentUrl": site.base + dump.path,
                "encodingFormat": dump.media_type.name,
                "contentSize": f"{dump.size} B",
                "sha256": dump.sha256,
            }
            for dump in dumps(site)
        ],
    }
    return {name: value for name, value in said.items() if value not in ("", [])}
