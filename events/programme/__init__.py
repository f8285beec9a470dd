"""What happens at a fair beside its booths: openings, performances, contests, meetings, each with place and time."""
