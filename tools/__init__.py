"""Programs for developers, outside the product."""
