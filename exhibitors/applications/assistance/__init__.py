"""An officer applies for a unit whose people came with paper; who acted for whom stands on every line."""
