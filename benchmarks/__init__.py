"""Measurements of ranking, speed, memory and formats. `make bench` and `make evaluate` run them."""
