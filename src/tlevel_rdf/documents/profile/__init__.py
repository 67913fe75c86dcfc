"""Build profiles from the statements of a document."""
