"""People label conversations: on a page of their own machine, blind to each other, and a third settles where two differ."""

from evals.labelling.book import Book, Entry, Progress, State
from evals.labelling.desk import create_desk
from evals.labelling.merging import Merged, merged, to_settle
from evals.labelling.prefilling import prefilled

__all__ = ["Book", "Entry", "Merged", "Progress", "State", "create_desk", "merged", "prefilled", "to_settle"]
