"""What goes on at the booths while a fair is on."""
