"""Child processes with limits on memory, processor and wall time, in which hostile files are read."""
