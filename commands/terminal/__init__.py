"""The terminal's screens of searches, runs and archives, and the cells of their text."""
