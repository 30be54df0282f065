"""The archive in a browser: addresses, pages and the JSON API that ``muniment serve`` answers."""
