"""One state of the index as arrays: postings, columns, lexicons, positions, and BM25F over them."""
