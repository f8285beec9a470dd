"""The receipt of an application on paper, and the address behind its QR code by which anybody checks it."""
