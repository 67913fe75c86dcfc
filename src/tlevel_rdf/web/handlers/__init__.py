"""The handlers of the routes: each returns the response to a request for its resource."""
