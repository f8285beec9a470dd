"""What other programs may read: a JSON interface, a news feed, a map of the site, a frame for other sites."""
