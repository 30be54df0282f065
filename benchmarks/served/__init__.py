"""Measure `muniment serve` from outside: a server of its own, a bounded client over loopback, and the load of many."""
