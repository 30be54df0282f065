"""The archivist's tasks: status, failures, corrections, withdrawal, log, verification, bags, related documents."""
