"""The fair, its days, its call for applications; organise and browse."""
