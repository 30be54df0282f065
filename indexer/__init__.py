"""From files on disk to a catalogue and a Whoosh index."""
