"""Releases: building, opening and verifying them."""
