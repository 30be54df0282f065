"""What is measured on: texts, archives and PDFs made of them, judged collections, and questions."""
