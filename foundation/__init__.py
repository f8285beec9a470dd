"""Floor 0: what every capability stands on; nothing of the trade lives here."""
