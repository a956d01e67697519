"""What is measured at the end of a month: pure functions of the columns, apart from what happens to them."""

from simulation.measures.declared import MEASURES, Measure

__all__ = ["MEASURES", "Measure"]
