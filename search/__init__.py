"""One search over everything registered with it; knows no package above it."""
