"""Datasets for commands and the API: a release, RDF files or YAML profiles."""
