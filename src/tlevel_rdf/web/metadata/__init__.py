"""Descriptions for machines: the RDF statements, the JSON-LD markup and the Link headers of answers."""
