"""Manuscripts: texts of users that are no documents of the archive, read with the limits of any file."""
