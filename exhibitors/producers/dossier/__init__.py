"""The papers of a producer, kept once and used at every fair."""
