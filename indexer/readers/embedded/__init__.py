"""Documents inside files: their addresses, their bytes, and each read like a file of its own."""
