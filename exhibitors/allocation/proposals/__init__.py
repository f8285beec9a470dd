"""Proposals of who stands where: made by the optimiser beside the page, compared, adopted on the board, verifiable."""
