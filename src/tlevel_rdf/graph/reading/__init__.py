"""RDF files of any syntax → quads, or an error that names the line and column."""
