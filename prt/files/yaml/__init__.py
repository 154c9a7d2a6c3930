"""YAML files as plain values that know their line and column."""
