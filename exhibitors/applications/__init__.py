"""The booth application and its moves; applying, screening, deciding."""
