"""A page of each kind that the site has, for tests that must look at one of each."""

KINDS = {
    "home": "",
    "essay": "essays/levers/",
    "numbers": "essays/levers/numbers/",
    "questions": "questions/",
    "question": "questions/what-to-run/",
    "atlas": "atlas/",
    "operator": "atlas/down/",
    "serving": "serving/chunk/",
    "note": "notes/rejection-sampling/",
    "calculator": "calculator/",
    "glossary": "glossary/",
    "bibliography": "bibliography/",
    "roadmap": "roadmap/",
    "tag": "tags/memory/",
    "quantities": "reference/quantities/",
    "scoreboard": "reference/scoreboard/",
    "models": "reference/models/",
    "prices": "reference/prices/",
    "errata": "reference/errata/",
    "writing": "reference/writing/",
}
"""Where each is, from the root of its language. A kind is what has a template, a list or styles of its own."""

ONE_OF_EACH = [*KINDS.values()]


def pages(*kinds: str) -> list[str]:
    """The pages of some kinds."""
    return [KINDS[kind] for kind in kinds]


def title(page: str) -> str:
    """What a test about a page is called."""
    return page or "home"
