"""Pictures of a unit and of its products: private until each is made public."""
