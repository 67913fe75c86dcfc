"""The data behind pages, RDF documents and the API. It knows no HTML."""
