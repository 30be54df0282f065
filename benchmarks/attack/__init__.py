"""Attacks on Muniment: kills, storage faults, damage, queries, hostile files and planted archives. `make attack`."""
