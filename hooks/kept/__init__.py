"""What a build keeps for the next one: finished pages, each with everything that it was made from."""
