"""The parts of the description of the API: operations, and the paths of what a researcher keeps."""
