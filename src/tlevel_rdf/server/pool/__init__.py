"""The pool of worker processes that answer requests. It knows no HTTP."""
