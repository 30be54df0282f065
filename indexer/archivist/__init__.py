"""Tools for archivists: status, corrections, withdrawal, verification, bags, related documents."""
