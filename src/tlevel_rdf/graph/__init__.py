"""Profiles and reference data as quads: identifiers, descriptions, conclusions and syntaxes."""
