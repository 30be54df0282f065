"""Citations of documents and their pages: for reference managers, in running text, and as tags of web pages."""
