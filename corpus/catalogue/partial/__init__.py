"""Catalogues of some documents alone, in memory."""
