"""Search: what can be found on the site, as one index a language. Knows no MkDocs."""
