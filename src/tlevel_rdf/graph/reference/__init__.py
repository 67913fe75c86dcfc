"""The reference data as quads, with a graph for each source."""
