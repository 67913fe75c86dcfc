"""The gate: the rules, run on quads; findings with places in the YAML; the SHACL report."""
