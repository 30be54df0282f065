"""The wording of pages: names of values in the language of the page, and texts in parts that are marked or not."""
