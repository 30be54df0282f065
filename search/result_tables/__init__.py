"""Tables of whole results, a row for each document that matches, with a record of the question that made them."""
