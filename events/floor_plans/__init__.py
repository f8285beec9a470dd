"""Plans, zones and booths; geometry, drawing and showing."""
