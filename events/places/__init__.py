"""Localities with dated names, and venues."""
