"""The archivist's pages: bring in, prove, correct, withdraw. They call the functions that the commands call."""
