"""The data behind the pages and the API. It knows no HTML."""
