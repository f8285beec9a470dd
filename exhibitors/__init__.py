"""Floor 3: who takes part, where they stand, and how it went."""
