"""HTML: its tokens, what its style sheets hide, and its text."""
