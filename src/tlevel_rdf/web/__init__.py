"""The site, as pure functions from HTTP requests to responses."""
