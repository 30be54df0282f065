"""The archivist's ledger: what failed, whether the books balance, corrections, tombstones, the log, bags, likeness."""
