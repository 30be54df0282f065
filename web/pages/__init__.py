"""The pages, a module each: from a question and its answer to the values that a template shows."""
