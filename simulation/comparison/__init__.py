"""Comparing scenarios: paired differences with intervals, what they cost, and which families they reach or lose."""
