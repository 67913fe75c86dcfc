"""The data set in the vocabulary of schema.org, for search engines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tlevel_rdf.web.data.dumps import dumps

if TYPE_CHECKING:
    from tlevel_rdf.web.data.site import Site

#: Characters that could end the script element or begin a comment in it (HTML, section 4.12.1.3).
_UNSAFE: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def dataset_markup(site: Site) -> str:
    """Return a `Dataset` of schema.org as JSON-LD that is safe in a script element, which browsers do not run."""
    return json.dumps(_dataset(site), ensure_ascii=False).translate(_UNSAFE)


def _dataset(site: Site) -> dict[str, Any]:
    about, catalogue = site.about, f"{site.base}catalogue"
    properties = {
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
    return {name: value for name, value in properties.items() if value not in ("", [])}
