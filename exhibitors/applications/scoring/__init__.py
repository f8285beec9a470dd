"""Reviewers score what was handed in, blind or not; managers share it out and compare what came of it."""
