"""Measurements beside named peers; docs/benchmarks.md tells what they gave."""
