"""The bytes of the index: files of arrays, the segments made of them, and Whoosh's codec over both."""
