"""What an index tells beside hits: passage pages, completions, salient terms, explanations."""
