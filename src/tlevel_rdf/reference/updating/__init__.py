"""Updates of the tables of reference data from official downloads that a person saved. Nothing is fetched."""
