"""A newly imported profile merges into the YAML that a person has edited."""
