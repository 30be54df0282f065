"""Verification: files, catalogue and index compared, and every sum balanced."""
