"""Calendars of producers and products: where each one stands next, and the correction when that changes."""
