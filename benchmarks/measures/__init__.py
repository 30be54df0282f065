"""The measurements of speed: indexing, latency, first questions, rebuilding, and PDFs from end to end."""
