"""Embedded documents: zip folders, addresses, and reading each like a file of its own."""
