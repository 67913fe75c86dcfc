"""Profiles and reference data as quads: identifiers, statements and what follows from them."""
