"""Stores, which answer SPARQL queries, and the example queries."""
