"""The optimiser of booths: plain data in, a checked allocation out; docs/allocation.md says how it thinks."""
