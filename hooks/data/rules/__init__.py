"""Rules: what a row of `docs/data` must hold to as a whole, table by table."""
