"""Images of pages for people who read, rendered in confined processes."""
