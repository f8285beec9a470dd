"""Review of applications: criteria with weights, scores, who reviews what, who may not, and notes among organisers."""
