"""The department's register of producers: brought in from its spreadsheets."""
