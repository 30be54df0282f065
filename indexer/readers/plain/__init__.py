"""Readers of plain text, and of formats that are plain text with marks: tables, JSON, LaTeX, subtitles."""
