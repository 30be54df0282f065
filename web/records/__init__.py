"""The researcher's own pages: saved searches, records, reviews and feeds. They never change the archive."""
