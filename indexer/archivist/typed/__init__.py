"""Read what an archivist types: lines of text without what does not belong in them, and values of fields."""
