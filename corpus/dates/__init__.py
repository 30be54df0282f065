"""Dates: EDTF values, dates in running text, and the names of months."""
