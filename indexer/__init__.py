"""Read the files of an archive into a catalogue, and write the search index from it."""
