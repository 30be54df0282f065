"""Files that are served as they are: originals, images of pages, style and script."""
