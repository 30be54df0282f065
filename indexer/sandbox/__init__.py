"""Child processes, and a pool of them that reads hostile files within limits."""
