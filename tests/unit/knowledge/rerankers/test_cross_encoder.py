"""Re-ranking by a sentence-transformers model."""

import json
from pathlib import Path

import pytest

from knowledge.errors import EmbedderUnavailable
from knowledge.rerankers.cross_encoder import CrossEncoderReranker

_WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "refund", "card", "parcel", "lost", "fee"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tiny cross-encoder with random weights: real in every part but what it learnt."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    made = tmp_path_factory.mktemp("cross-encoder")
    (made / "vocab.txt").write_text("\n".join(_WORDS))
    config = BertConfig(
        vocab_size=len(_WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(made)
    BertTokenizer(vocab_file=str(made / "vocab.txt")).save_pretrained(made)
    assert json.loads((made / "config.json").read_text())["model_type"] == "bert"
    return made


@pytest.mark.model
def test_a_model_folder_gives_a_score_for_each_passage(folder: Path) -> None:
    """One number a passage, the same each time, whatever the length of the question; none for none."""
    reranker = CrossEncoderReranker(str(folder))
    passages = ["refund card", "parcel lost", "fee"]
    scores = reranker.scores("refund", passages)
    assert scores.shape == (3,)
    assert scores.tolist() == pytest.approx(reranker.scores("refund", passages).tolist())
    assert reranker.scores("refund " * 5000, passages).shape == (3,)
    assert reranker.scores("refund", []).shape == (0,)
    assert reranker.name == str(folder)


@pytest.mark.model
def test_a_model_that_cannot_be_loaded_says_what_to_do(tmp_path: Path) -> None:
    """The setting is named."""
    with pytest.raises(EmbedderUnavailable, match="ASSIST_RERANK_MODEL"):
        CrossEncoderReranker(str(tmp_path / "nothing")).scores("a", ["b"])
