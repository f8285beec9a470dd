"""A fair's own words for the letters of decisions, and the placeholders in them."""
