"""The way from a request to a search plan: query tree, synonyms, facet filters, relevance feedback."""
