"""Statements become a profile. It uses the readers' lines and the grammar."""
