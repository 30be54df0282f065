"""Review sets: searches merged into one list to be screened, the decisions of one or two readers, and their numbers."""
