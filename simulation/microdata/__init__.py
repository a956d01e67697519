"""A household survey of the user's own: read, checked, its proxy score estimated, made ready to settle a city with."""
