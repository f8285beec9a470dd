"""Notes among organisers about an application, with colleagues mentioned in them."""
