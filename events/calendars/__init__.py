"""Calendar feeds and how to follow them."""
