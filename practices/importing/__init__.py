"""Case studies from tables and exports: files -> rows -> records -> pages. docs/importing.md tells how to use it."""
