"""The builder of the sample archive: text sources in, PDF, web pages and office files out."""
