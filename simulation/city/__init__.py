"""The city before the first month: its places, its families, its welfare distribution."""
