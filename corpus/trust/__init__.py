"""What is taken from an archive that anybody may have made: its data folder, the places it names, its small files."""
