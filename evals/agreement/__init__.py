"""How far people agree who labelled the same conversations without seeing each other's labels."""

from evals.agreement.alpha import krippendorff_alpha
from evals.agreement.fields import FIELDS, LISTS, as_written
from evals.agreement.kappa import cohen_kappa
from evals.agreement.labellers import Ratings, ratings
from evals.agreement.measuring import Agreement, AgreementRow, Disagreement, agreement
from evals.agreement.table import agreement_table, disagreement_table

__all__ = [
    "FIELDS",
    "LISTS",
    "Agreement",
    "AgreementRow",
    "Disagreement",
    "Ratings",
    "agreement",
    "agreement_table",
    "as_written",
    "cohen_kappa",
    "disagreement_table",
    "krippendorff_alpha",
    "ratings",
]
