"""T Level progression profiles as linked data."""
