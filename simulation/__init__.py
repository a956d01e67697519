"""Salur: how social assistance reaches, or misses, the poor of a city."""
__version__ = "0.1.0"
