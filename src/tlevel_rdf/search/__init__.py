"""The search: an index of things by their names and codes, made once from the data."""
