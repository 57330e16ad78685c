"""Templates: what reading a theme's files costs, kept between builds."""

import os
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from hooks.store import Store


class Templates(jinja2.FileSystemLoader):
    """The theme's folders without the thousands of icons that Material keeps in a hidden one: MkDocs would look at each."""

    def list_templates(self) -> list[str]:
        """Every file outside hidden folders."""
        found = set()
        for folder in map(Path, self.searchpath):
            for root, folders, files in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found |= {(Path(root) / name).relative_to(folder).as_posix() for name in files}
        return sorted(found)


class Compiled(jinja2.BytecodeCache):
    """Compiled templates, in a store: Jinja's own cache would run whatever it finds there."""

    def __init__(self, store: Store):
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if there is something for it."""
        kept = self._store.read(bucket.key)
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        self._store.write(bucket.key, bucket.bytecode_to_string())


def lean(theme: Any, cache: Path, house: str) -> None:
    """Let MkDocs' theme list its files faster, and keep its templates compiled as long as the house is the same."""
    own, store = theme.get_env, Store(cache / "templates", house)

    def get_env() -> jinja2.Environment:
        env: jinja2.Environment = own()
        env.loader = Templates(theme.dirs)
        env.bytecode_cache = Compiled(store)
        return env

    theme.get_env = get_env
