"""The step definitions of the feature files, one module a noun."""
