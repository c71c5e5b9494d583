"""Progress bars on standard error, so that standard output stays clean for pipes."""

from functools import partial

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from assist.wiring import Assist


def progress_bar() -> Progress:
    """Return a bar; where standard error is no terminal it prints nothing while it runs."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


def _move(bar: Progress, task: TaskID, done: int) -> None:
    bar.update(task, completed=done)


async def load_articles(assist: Assist) -> None:
    """Load the articles of every domain folder that are not there yet, or that changed."""
    console = Console(stderr=True)
    with progress_bar() as bar:
        for name, folder in sorted(assist.domains.items()):
            if not folder.articles.is_dir():
                continue
            task = bar.add_task(f"articles: {name}", total=len(list(folder.articles.glob("**/*.md"))))
            moved = partial(_move, bar, task)
            report = await assist.library.load(assist.tenant, [folder.articles], domain=name, progress=moved)
            for failure in report.failed:
                console.print(f"[yellow]not loaded:[/] {failure}")
