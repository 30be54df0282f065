"""Index segments made and merged as arrays, in the on-disk format of stock Whoosh's W3 codec."""
