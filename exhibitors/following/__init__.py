"""Following by e-mail: fairs, kinds, places, product groups, producers and products, without an account."""
