"""Merge a newly imported profile into the YAML file that a person has edited."""
