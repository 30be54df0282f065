"""Documents that may belong together: near-duplicates and language versions, suggested and never merged."""
