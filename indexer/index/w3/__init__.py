"""The bytes of Whoosh's W3 segment format, read and written as arrays."""
