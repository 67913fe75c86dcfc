"""HTTP semantics (RFC 9110) as pure functions. They know no data."""
