"""Archives that were made to harm who opens them, and the watch over the world outside them."""
