"""The disks that an archive and its copies are written to: what may go wrong there, and what is never overwritten."""
