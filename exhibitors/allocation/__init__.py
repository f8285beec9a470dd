"""Who stands on which booth."""
