"""Searches on record: what was asked and found and could not be searched, and what has changed since."""
