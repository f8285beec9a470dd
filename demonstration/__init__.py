"""Demonstration data, made through the verbs alone: it can hold no state the program could not reach."""
