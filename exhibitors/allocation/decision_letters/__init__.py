"""The letters of decisions on pages: their words, what they will say before they go, held ones and their end."""
