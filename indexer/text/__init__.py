"""Text and tokens: cleaning, the analyser, stop words, letter counts."""
