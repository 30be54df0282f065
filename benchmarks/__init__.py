"""Measurements: how good the answers are and what they cost."""
