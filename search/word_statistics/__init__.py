"""Word statistics for researchers: frequencies, collocates, comparison of two sets, first and last use."""
