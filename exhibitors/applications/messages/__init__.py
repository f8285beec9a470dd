"""The exchange between a producer and the organiser about one application."""
