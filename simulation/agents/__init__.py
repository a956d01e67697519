"""Who acts: pendamping, e-warong, banks and offices decide; a household is a view on its row."""
