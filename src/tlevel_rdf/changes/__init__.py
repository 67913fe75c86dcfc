"""Changes between two versions of the data, in words and as statements."""
