"""Documents with the same bytes in a run: which of them is the original, and what takes its place when it goes."""
