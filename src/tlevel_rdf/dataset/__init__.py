"""Data as commands and the API use it: a release, RDF files or YAML profiles."""
