"""The room where published documents become profiles: a reader per format, and one grammar for all."""
