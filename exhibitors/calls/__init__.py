"""Calls for applications: when, for whom, by invitation, how many of whom, and what is asked of them."""
