"""Words in a common form."""

from concurrent.futures import ThreadPoolExecutor

from assist.grounding.words import stem

_WORDS = [
    f"{head}{tail}"
    for head in ("cancell", "relat", "deliver", "refund", "charg", "travell")
    for tail in ("ing", "ed", "ation", "s", "ations")
]


def test_many_threads_stem_as_one_does() -> None:
    """Words stemmed side by side come out as they do alone."""
    bare = stem.__wrapped__
    alone = [bare(word) for word in _WORDS]
    with ThreadPoolExecutor(8) as pool:
        rounds = list(pool.map(lambda _: [bare(word) for word in _WORDS], range(400)))
    assert all(found == alone for found in rounds)
