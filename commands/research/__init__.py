"""The commands of the researcher: what is counted, cited, put on record and reviewed."""
