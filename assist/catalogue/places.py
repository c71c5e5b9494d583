"""Where in a YAML file something stands, so that an error can name the line."""

from collections.abc import Sequence

import yaml


def line_of(text: str, place: Sequence[str | int]) -> int:
    """Return the line, from 1, of what a path of keys and indexes leads to, or of the last part of it that is there.

    The text must be valid YAML.
    """
    node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    line = 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if found is None:
                break
            key, node = found
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line
