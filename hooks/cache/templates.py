"""Templates of the theme: MkDocs lists its files faster, and a server compiles its templates
once.
"""

import os
from pathlib import Path
from typing import Any, ClassVar

import jinja2
from jinja2.bccache import Bucket


class Templates(jinja2.FileSystemLoader):
    """The theme's folders without the thousands of icons in Material's hidden one: MkDocs would
    look at each.
    """

    def list_templates(self) -> list[str]:
        """Every file outside hidden folders."""
        found = set()
        for folder in map(Path, self.searchpath):
            for root, folders, files in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found |= {(Path(root) / name).relative_to(folder).as_posix() for name in files}
        return sorted(found)


class Compiled(jinja2.BytecodeCache):
    """Compiled templates, in memory, for the next build of a server. On disk they would be code
    that anybody may have written.
    """

    texts: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if there is something for it."""
        if bucket.key in self.texts:
            bucket.bytecode_from_string(self.texts[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what a bucket holds."""
        self.texts[bucket.key] = bucket.bytecode_to_string()


def speed_up(theme: Any) -> None:
    """Let MkDocs' theme list its files faster, and compile each template once while it serves."""
    original = theme.get_env

    def get_env() -> jinja2.Environment:
        env: jinja2.Environment = original()
        env.loader = Templates(theme.dirs)
        env.bytecode_cache = Compiled()
        return env

    theme.get_env = get_env
