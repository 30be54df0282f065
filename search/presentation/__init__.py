"""The way from matches to an answer: hits with passages, facet rows, advice, completions, JSON."""
