"""Query trees to matching documents and their scores."""
