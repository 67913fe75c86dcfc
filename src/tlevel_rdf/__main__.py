"""`python -m tlevel_rdf` is `tlevel-rdf`."""

from tlevel_rdf.cli import main

main()
