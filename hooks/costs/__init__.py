"""The cost models: what LLM inference reads, computes, keeps and costs. Quantities and inputs only."""
