"""The site: HTTP as pure functions, request value → response value."""
