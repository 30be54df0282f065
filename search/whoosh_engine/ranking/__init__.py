"""The order of hits: reranking of the best, and the top k."""
