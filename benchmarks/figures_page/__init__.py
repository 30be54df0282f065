"""The page of figures, docs/performance.md, from the results of a run."""
