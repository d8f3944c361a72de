"""Intents tell what the customer means."""
