"""The tables of a release: all options and all codes, as CSV, XLSX and Parquet."""
