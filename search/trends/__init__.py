"""Trends: how often documents use words, period by period, with intervals and what the counts are of."""
