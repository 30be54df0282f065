"""Answers of the engine beside hits: positions of matches, completions, salient terms, explanations."""
