"""What many rooms need of texts: problems and their places, the two languages, source files, YAML
with places, tags, addresses.
"""
