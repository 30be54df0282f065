"""Archives exported to and restored from BagIt bags (RFC 8493)."""
