"""A unit that stands in the register without anybody who keeps it is claimed by the people it belongs to."""
