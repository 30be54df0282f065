"""Readers of word processor files, slides, spreadsheets and books."""
