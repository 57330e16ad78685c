"""Typed numbers."""


def meant(text: str) -> str:
    return text
