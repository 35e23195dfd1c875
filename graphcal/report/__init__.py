"""Reports of a run: one data model and a writer for each format."""
