"""What answers say to machines about the site and its things: RDF statements, JSON-LD markup and Link headers."""
