"""Changes between two versions of the data."""
