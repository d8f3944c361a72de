"""Handoff decides when a human takes over, who, and what was promised meanwhile."""
