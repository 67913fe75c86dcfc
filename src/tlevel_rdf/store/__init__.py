"""Answering queries: what a store is, the one inside the process, and the example queries."""
