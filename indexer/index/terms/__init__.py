"""Terms of the index from running text: numbered words, joined and marked words, and their posting lists."""
