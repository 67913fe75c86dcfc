"""T Level progression profiles as linked data."""

__version__ = "0.1.0"
