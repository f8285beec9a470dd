"""What a fair achieved, as published."""
