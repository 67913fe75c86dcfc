"""HTML pages: view models and templates."""
