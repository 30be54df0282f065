"""One command, or a pair that belongs together, a module: its options, its words, its JSON."""
