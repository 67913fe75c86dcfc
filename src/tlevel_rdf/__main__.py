"""`python -m tlevel_rdf` is `tlevel-rdf`."""

from tlevel_rdf.entry_point import main

main()
