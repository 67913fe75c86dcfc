"""A store on an engine that others run, which answers by the SPARQL 1.1 Protocol."""
