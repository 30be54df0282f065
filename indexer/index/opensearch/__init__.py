"""Writes the index of an archive on a cluster of OpenSearch."""
