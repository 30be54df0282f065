"""The reading side of an archive whose index is on an OpenSearch cluster."""
