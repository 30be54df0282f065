"""Runs: folders scanned, planned, read, recorded and indexed, step by step."""
