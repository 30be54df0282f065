"""Screens of the researcher's tools."""
