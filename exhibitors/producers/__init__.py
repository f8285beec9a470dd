"""Producers and their products; registering and the directory."""
