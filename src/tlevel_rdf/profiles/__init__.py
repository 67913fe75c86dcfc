"""Progression profiles: the model, YAML files and the reference data."""
