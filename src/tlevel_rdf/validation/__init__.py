"""The rules in SHACL, run on quads: findings with their positions in YAML files, and the validation report."""
