"""The query language: typed text to a query tree, and the tree to text and to plain words."""
