"""What organisers say to each other about the board and about a proposal before it is adopted."""
