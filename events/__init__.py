"""Floor 2: what happens, where and when."""
