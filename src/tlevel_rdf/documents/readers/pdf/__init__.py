"""The PDF reader: pages become lines, columns and tables."""
