"""Two units of the register that are one become one; what floors above hold of the other goes over with it."""
