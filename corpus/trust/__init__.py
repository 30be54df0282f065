"""Trust: what may be taken from an archive that anybody may have made, and what may be handed to a spreadsheet."""
