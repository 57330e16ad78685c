"""A published `config.json` as a row of `docs/data/models.yml`: `python -m hooks.tools.config
FILE`.

The row goes to standard output; to standard error goes what the models cannot express, what was
left out, and what the writer adds.
"""

import argparse
import json
import sys
from pathlib import Path

from hooks.data.catalogue import Catalogue
from hooks.data.engine import Engine
from hooks.text.command import run
from hooks.tools.config_keys import YES_OR_NO
from hooks.tools.config_row import Found, NoConfig, converted, read_config

OK, UNEXPRESSIBLE, WRONG = 0, 1, 2


def row_yaml(found: Found, identifier: str) -> str:
    """The row as YAML, with what is not the file's own as comments."""
    lines = [f"{identifier}:", "  name: TODO"]
    for key, value in found.row.items():
        note = f"  # {found.notes[key]}" if key in found.notes else ""
        shown = (
            ("true" if value else "false")
            if key in YES_OR_NO
            else f"{value:.0f}"
            if isinstance(value, float) and value == int(value)
            else str(value)
        )
        lines.append(f"  {key}: {shown}{note}")
    if found.refused:
        lines.append("  # These keys keep the row from being taken for the model that it is not:")
    for key, value in found.refused.items():
        lines.append(f"  {key}: {json.dumps(value)}")
    for what in found.unexpressed:
        lines.append(f"  # The models cannot express this yet: {what}")
    for what in found.limits:
        lines.append(f"  # For limits and limits_zh: {what}")
    lines += [
        "  published_params: TODO  # as the publisher prints it: 14.7 billion",
        '  source: {title: "config.json of TODO", url: "TODO", accessed: TODO}',
    ]
    return "\n".join(lines) + "\n"


def checked(row: str, found: Found) -> list[str]:
    """What the catalogue's own rules say of a row whose TODOs are taken as said, besides what
    it cannot express.
    """
    text = row.replace("name: TODO", "name: a model")
    text = "\n".join(
        line
        for line in text.split("\n")
        if not line.lstrip().startswith(("published_params", "source", *found.refused))
    )
    text += "  source: {title: a file, mark: recalled}\n"
    engine = Engine()
    catalogue = Catalogue(engine.library, [("models.yml", text)])
    return [p.message for p in catalogue.problems if p.path == "models.yml"]


def main(arguments: list[str] | None = None) -> int:
    """Print the row; 0 if it says all of the model, 1 if the models cannot express it, 2 if the
    file is no configuration.
    """
    parser = argparse.ArgumentParser(
        prog="python -m hooks.tools.config",
        description="Turn a published config.json into a row for docs/data/models.yml.",
    )
    parser.add_argument("file", type=Path, help="a config.json as published")
    parser.add_argument(
        "--id", default="new-model", help="the row's id, by which scenarios name it"
    )
    options = parser.parse_args(arguments)
    try:
        found = converted(read_config(options.file))
    except NoConfig as error:
        message = str(error)
        place = "" if message.startswith(str(options.file)) else f"{options.file}: "
        print(f"{place}{message}", file=sys.stderr)
        return WRONG
    row = row_yaml(found, options.id)
    print(row, end="")
    problems = checked(row, found)
    for what in found.unexpressed:
        print(f"the models cannot express this yet: {what}", file=sys.stderr)
    for what in problems:
        print(f"the row as it stands is refused: {what}", file=sys.stderr)
    for what in found.limits:
        print(f"say in limits and limits_zh: {what}", file=sys.stderr)
    for what in found.unknown:
        print(f"a key that nobody here knows, look what it means: {what}", file=sys.stderr)
    if found.irrelevant:
        print(
            f"left out, no matter of cost: {', '.join(sorted(found.irrelevant))}", file=sys.stderr
        )
    print("add name, family, published_params and source (title, url, accessed)", file=sys.stderr)
    return UNEXPRESSIBLE if found.unexpressed or problems else OK


if __name__ == "__main__":
    run(main)
