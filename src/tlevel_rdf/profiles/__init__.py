"""What profiles and reference data say, as people write it, with the place of everything."""
