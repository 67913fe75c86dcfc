"""The site: HTTP as pure functions, request value → response value, and a thin ASGI shell around them."""
