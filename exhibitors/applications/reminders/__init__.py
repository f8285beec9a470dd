"""Letters that nobody has asked for just now: a draft left lying, a paper that ends, a call that opens."""
