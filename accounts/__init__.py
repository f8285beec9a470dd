"""Floor 1: people, organisations, memberships and signing in."""
