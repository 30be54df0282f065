"""Measures an archive on OpenSearch beside the same archive on the local engine."""
