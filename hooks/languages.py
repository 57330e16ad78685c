"""Languages: a page's two texts, and the words of the site itself."""

from hooks.formula.format import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")


def say(english: str, chinese: str, language: Language) -> str:
    """One of two texts."""
    return chinese if language == "zh" else english


def twin(path: str) -> str:
    """The Chinese twin of a page's source: `essays/kv-cache/index.zh.md`."""
    return path.removesuffix(".md") + ".zh.md"
