"""Processes that answer reading requests, so that pages are made on every core and a slow question delays no other."""
