"""Documents of Word: their package, styles, tables and text."""
