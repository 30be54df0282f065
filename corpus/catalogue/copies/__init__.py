"""Documents with the same bytes: one original, which has the text, and the places of its copies."""
