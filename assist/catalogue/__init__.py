"""What operators write and teach, read from disk."""

from assist.catalogue.domain_folders import DomainFolder, read_domain, read_domains, read_rules, shipped_folder
from assist.catalogue.lessons import all_lessons, read_lessons, write_lessons
from assist.catalogue.places import line_of

__all__ = [
    "DomainFolder",
    "all_lessons",
    "line_of",
    "read_domain",
    "read_domains",
    "read_lessons",
    "read_rules",
    "shipped_folder",
    "write_lessons",
]
