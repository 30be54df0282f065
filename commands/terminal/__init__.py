"""What a terminal shows: text made safe, cells, and the screens of searches, runs and archives."""
