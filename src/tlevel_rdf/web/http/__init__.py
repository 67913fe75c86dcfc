"""HTTP semantics (RFC 9110) as pure functions. It knows no data."""
