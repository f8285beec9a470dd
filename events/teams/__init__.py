"""Who works at one fair, or in one of its zones: roles beyond those of the whole organisation."""
