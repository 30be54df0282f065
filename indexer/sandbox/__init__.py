"""Child processes: started and ended in one way, and a pool of them, with limits, that reads hostile files."""
