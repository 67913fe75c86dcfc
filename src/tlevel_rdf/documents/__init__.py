"""Import published documents as profiles, with a reader for each format and one grammar for all."""
