"""What `hooks/tools/config_row.py` knows of the keys of a `config.json` and of the families of
models: the rest of what they mean stands in `hooks/data/keys.py`.
"""

NESTED = ("text_config", "llm_config", "language_config", "thinker_config")
"""Where a model with towers keeps the configuration of its text model."""

PLAIN = (
    "num_hidden_layers",
    "hidden_size",
    "num_attention_heads",
    "num_key_value_heads",
    "head_dim",
    "intermediate_size",
    "vocab_size",
    "tie_word_embeddings",
    "max_position_embeddings",
)
EXPERTS = (
    "num_experts",
    "num_experts_per_tok",
    "moe_intermediate_size",
    "moe_latent_size",
    "n_shared_experts",
    "shared_expert_intermediate_size",
    "first_k_dense_replace",
)
LATENT = ("kv_lora_rank", "q_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim")
LINEAR = (
    "linear_num_value_heads",
    "linear_num_key_heads",
    "linear_key_head_dim",
    "linear_value_head_dim",
    "linear_gates_per_head",
    "linear_conv_kernel_dim",
)
OWN_HEADS = ("swa_num_attention_heads", "swa_num_key_value_heads", "swa_head_dim", "swa_v_head_dim")
COMPRESSED = ("csa_layers", "csa_ratio", "hca_layers", "hca_ratio")
ORDER = (
    *PLAIN,
    "position_embeddings",
    "hidden_size_per_layer_input",
    "ffn_matrices",
    "attention_layers",
    "ffn_layers",
    "attn_output_gate",
    "attention_k_eq_v",
    "sliding_window",
    "sliding_window_layers",
    *OWN_HEADS,
    *COMPRESSED,
    "num_kv_shared_layers",
    "linear_attention_layers",
    *LINEAR,
    *EXPERTS,
    *LATENT,
    "o_lora_rank",
    "o_groups",
    "index_n_heads",
    "index_head_dim",
    "index_layers",
)
"""The keys of a row, in the order in which it writes them."""

NEEDED = ("num_hidden_layers", "hidden_size", "num_attention_heads", "vocab_size")
"""What makes a file the configuration of a language model."""

WIDTH_OF_EXPERTS = {"mixtral", "gpt_oss", "llama4_text", "llama4", "minimax_m2", "phimoe", "dbrx"}
"""Families whose `intermediate_size` is that of an expert."""

YES_OR_NO = {"tie_word_embeddings", "attn_output_gate", "attention_k_eq_v"}
"""Keys whose value is true or false."""

ABSENT_AT_ZERO = {
    "hidden_size_per_layer_input",
    "num_kv_shared_layers",
    "moe_latent_size",
    "shared_expert_intermediate_size",
}
"""Keys whose zero says that the model has no such thing."""

UNGATED = {
    "gpt2",
    "opt",
    "gptj",
    "gpt_neox",
    "gpt_bigcode",
    "bloom",
    "falcon",
    "mpt",
    "phi",
    "nemotron",
    "nemotron_h",
    "starcoder2",
}
"""Families whose FFN has two matrices."""

POSITIONS = {"gpt2": 0, "gpt_bigcode": 0, "opt": 2}
"""Families that look positions up, with the rows that their table has beside one for each
position.
"""

STATE_SPACE = {"nemotron_h", "granitemoehybrid", "falcon_h1", "bamba"}
"""Families with layers of Mamba-2."""

GATED_ATTENTION = {"qwen3_next"}
"""Families whose attention gates its output, where the file does not say."""

WINDOWED = {"sliding_attention", "local_attention", "chunked_attention"}
LOOKING_BACK = {"full_attention", "attention", "global_attention", "deepseek_sparse_attention"}

TIED = {"gemma", "gemma2", "gemma3", "gemma3_text", "gemma4", "gemma4_text", "gpt2", "opt", "cohere", "cohere2"}  # fmt: skip  # noqa: E501
"""Families that tie their embeddings where the file does not say."""

READ = {
    "layer_types", "sliding_window_pattern", "_sliding_window_pattern", "full_attention_interval", "linear_attn_config",  # noqa: E501
    "attention_chunk_size", "use_sliding_window", "max_window_layers", "shared_expert_intermediate_size", "shared_intermediate_size",  # noqa: E501
    "interleave_moe_layer_step", "decoder_sparse_step", "moe_layer_freq", "mlp_only_layers", "intermediate_size_mlp", "moe_layers",  # noqa: E501
    "mlp_layer_types", "word_embed_proj_dim", "embedding_size", "top_k", "multi_query", "compress_ratios", "enable_moe_block",  # noqa: E501
    "no_rope_layers", "num_dense_layers", "is_encoder_decoder", "global_head_dim", "num_global_key_value_heads", "vocab_size_per_layer_input",  # noqa: E501
    "ffn_dim", "n_inner", "ffn_hidden_size", "hybrid_override_pattern", "hybrid_layer_pattern", "dense_intermediate_size", "sparse_attention_config",  # noqa: E501
    "indexer_types", "layers_block_type", "mamba_d_ssm", "attn_layer_indices", "mlp_hidden_act", "attn_type_list", "expand", "mamba_expand",  # noqa: E501
}  # fmt: skip
"""Keys that are looked at together with others."""
