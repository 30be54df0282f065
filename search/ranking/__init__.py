"""Ranking that needs no index: values in, scores out, whatever engine reads them."""
