"""Documents that may belong together: near-duplicates and language versions. Suggested, never merged."""
