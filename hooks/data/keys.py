"""Keys: the names that published `config.json` files use, and what each means for a row of
`docs/data/models.yml`.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

ALIASES = {
    "n_layer": "num_hidden_layers", "n_layers": "num_hidden_layers", "num_layers": "num_hidden_layers",  # noqa: E501
    "n_embd": "hidden_size", "d_model": "hidden_size", "dim": "hidden_size",
    "n_head": "num_attention_heads", "n_heads": "num_attention_heads",
    "n_head_kv": "num_key_value_heads", "n_kv_heads": "num_key_value_heads", "num_kv_heads": "num_key_value_heads", "num_query_groups": "num_key_value_heads", "multi_query_group_num": "num_key_value_heads",  # noqa: E501
    "n_positions": "max_position_embeddings", "n_ctx": "max_position_embeddings", "seq_length": "max_position_embeddings", "max_seq_len": "max_position_embeddings",  # noqa: E501
    "padded_vocab_size": "vocab_size",
    "n_routed_experts": "num_experts", "num_local_experts": "num_experts", "moe_num_experts": "num_experts",  # noqa: E501
    "num_experts_per_token": "num_experts_per_tok", "experts_per_token": "num_experts_per_tok", "top_k_experts": "num_experts_per_tok", "moe_top_k": "num_experts_per_tok", "moe_topk": "num_experts_per_tok", "moe_k": "num_experts_per_tok",  # noqa: E501
    "expert_ffn_hidden_size": "moe_intermediate_size", "moe_ffn_hidden_size": "moe_intermediate_size",  # noqa: E501
    "num_shared_experts": "n_shared_experts", "moe_num_shared_experts": "n_shared_experts",
    "window_size": "sliding_window",
    "moe_shared_expert_intermediate_size": "shared_expert_intermediate_size", "shared_intermediate_size": "shared_expert_intermediate_size",  # noqa: E501
    "routed_expert_hidden_size": "moe_latent_size",
    "mamba_num_heads": "linear_num_value_heads", "mamba_n_heads": "linear_num_value_heads",
    "mamba_head_dim": "linear_value_head_dim", "mamba_d_head": "linear_value_head_dim",
    "ssm_state_size": "linear_key_head_dim", "mamba_d_state": "linear_key_head_dim",
    "n_groups": "linear_num_key_heads", "mamba_n_groups": "linear_num_key_heads",
    "mamba_d_conv": "linear_conv_kernel_dim", "conv_kernel": "linear_conv_kernel_dim", "short_conv_kernel_size": "linear_conv_kernel_dim",  # noqa: E501
    "mla_use_output_gate": "attn_output_gate", "attention_output_gate": "attn_output_gate",
}  # fmt: skip
"""Other names of what a row's key says, with the same meaning."""

ROTARY = {
    "rope_theta", "rope_scaling", "rope_parameters", "rope_local_base_freq", "global_rope_theta", "local_rope_theta",  # noqa: E501
    "rope_interleave", "rope_ratio", "rope_type", "rotary_pct", "rotary_dim", "rotary_emb_base", "rotary_base",  # noqa: E501
    "partial_rotary_factor", "original_max_position_embeddings", "no_rope_layers", "no_rope_layer_interval",  # noqa: E501
    "mrope_section", "compress_rope_theta", "mla_use_nope", "alibi", "position_embedding_type",
}  # fmt: skip
"""How positions are told: a few operations per token, no bytes."""

IRRELEVANT = {
    *ROTARY,
    "_name_or_path", "architectures", "auto_map", "model_type", "torch_dtype", "dtype", "transformers_version", "use_cache",  # noqa: E501
    "quantization_config", "compression_config", "bos_token_id", "eos_token_id", "pad_token_id", "unk_token_id", "decoder_start_token_id",  # noqa: E501
    "boi_token_id", "boi_token_index", "eoi_token_id", "eoi_token_index", "image_token_id", "image_token_index", "video_token_id", "audio_token_id",  # noqa: E501
    "vision_start_token_id", "vision_end_token_id", "media_placeholder_token_id", "mm_tokens_per_image", "language_model_only", "use_unified_vision_encoder",  # noqa: E501
    "attention_dropout", "attention_probs_dropout_prob", "hidden_dropout", "hidden_dropout_prob", "dropout", "activation_dropout", "resid_pdrop", "embd_pdrop", "attn_pdrop", "residual_dropout", "embedding_dropout", "classifier_dropout", "layerdrop",  # noqa: E501
    "initializer_range", "initializer_factor", "init_std", "initializer_cutoff_factor", "rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon", "layernorm_epsilon", "norm_eps", "norm_epsilon",  # noqa: E501
    "hidden_act", "hidden_activation", "activation", "activation_function", "activation_situ_beta", "activation_situ_linear_beta", "swiglu_limit", "mamba_ssm_dtype",  # noqa: E501
    "attention_bias", "attention_out_bias", "mlp_bias", "qkv_bias", "use_bias", "enable_bias", "bias", "layer_norm_elementwise_affine", "do_layer_norm_before", "_remove_final_layer_norm", "norm_topk_prob", "use_qk_norm", "qk_norm", "qk_layernorm", "use_sliding_window",  # noqa: E501
    "attn_logit_softcapping", "final_logit_softcapping", "query_pre_attn_scalar", "attn_temperature_tuning", "attn_scale", "floor_scale", "scale_attn_weights", "scale_attn_by_inverse_layer_idx", "reorder_and_upcast_attn", "attention_multiplier", "embedding_multiplier", "logits_scaling", "residual_multiplier", "attention_sink", "use_bidirectional_attention",  # noqa: E501
    "router_aux_loss_coef", "router_jitter_noise", "router_z_loss_coef", "output_router_logits", "aux_loss_alpha", "seq_aux", "scoring_func", "topk_method", "topk_group", "n_group", "num_expert_group", "routed_scaling_factor", "moe_renormalize", "moe_router_activation_func", "moe_router_enable_expert_bias", "use_grouped_topk", "latent_moe_use_norm", "num_hash_layers", "ep_size",  # noqa: E501
    "pretraining_tp", "tie_encoder_decoder", "chunk_size_feed_forward", "gradient_checkpointing", "return_dict", "output_attentions", "output_hidden_states", "is_decoder", "is_encoder_decoder", "problem_type", "id2label", "label2id", "num_labels", "torchscript", "pruned_heads", "use_bfloat16", "tokenizer_class", "prefix", "task_specific_params", "finetuning_task", "sep_token_id", "cls_token_id",  # noqa: E501
    "summary_activation", "summary_first_dropout", "summary_proj_to_labels", "summary_type", "summary_use_proj", "gate_lower_bound", "use_full_rank_gate", "cache_implementation", "max_window_layers", "initial_context_length", "for_llm_class",  # noqa: E501
    "qk_norm_type", "use_routing_bias", "use_gemma_norm", "use_mtp", "swiglu_alpha", "swa_rope_theta", "sliding_window_size", "attention_value_scale", "add_swa_attention_sink_bias", "add_full_attention_sink_bias",  # noqa: E501
    "expert_dtype", "hc_eps", "hc_sinkhorn_iters", "qk_head_dim", "indexer_rope_interleave", "index_topk_freq", "index_skip_topk_offset", "index_topk_pattern", "index_share_for_mtp_iteration", "ignore_index", "image_placeholder", "video_placeholder", "use_unified_vision_chunk", "vision_soft_tokens_per_image",  # noqa: E501
    "chunk_size", "mamba_chunk_size", "mamba_hidden_act", "mamba_ssm_cache_dtype", "mamba_proj_bias", "mamba_conv_bias", "mamba_rms_norm", "mamba_norm_before_gate", "mamba_use_mlp", "use_conv_bias", "use_mamba_kernels", "rescale_prenorm_residual", "residual_in_fp32", "time_step_min", "time_step_max", "time_step_floor", "time_step_limit", "num_logits_to_keep", "moe_shared_expert_overlap", "moe_router_dtype", "projectors_bias", "normalization_function", "init_method",  # noqa: E501
    "attention_in_multiplier", "attention_out_multiplier", "key_multiplier", "lm_head_multiplier", "mlp_multipliers", "ssm_in_multiplier", "ssm_out_multiplier", "ssm_multipliers", "mlp_expansion_factor", "position_embedding_type",  # noqa: E501
    "temperature", "top_p", "do_sample", "repetition_penalty", "num_beams", "max_length", "min_length", "length_penalty", "no_repeat_ngram_size", "num_return_sequences", "early_stopping", "diversity_penalty", "num_beam_groups", "typical_p", "bad_words_ids", "begin_suppress_tokens", "suppress_tokens", "forced_bos_token_id", "forced_eos_token_id", "exponential_decay_length_penalty", "encoder_no_repeat_ngram_size", "remove_invalid_values", "output_scores", "return_dict_in_generate", "cross_attention_hidden_size", "add_cross_attention", "tf_legacy_loss",  # noqa: E501
}  # fmt: skip
"""What changes neither the bytes nor the FLOPs that the models count: a row may hold it, and it
is left alone.
"""

UNCOUNTED = {
    "vision_config": "a vision tower",
    "audio_config": "an audio tower",
    "num_nextn_predict_layers": "layers that predict several tokens",
    "mtp_num_hidden_layers": "layers that predict several tokens",
    "num_mtp_modules": "layers that predict several tokens",
    "mtp_transformer_layers": "layers that predict several tokens",
    "mtp_hybrid_override_pattern": "layers that predict several tokens",
    "index_topk": "that a decoded token reads only the entries that an index picks",
    "hc_mult": "several residual streams",
    "attn_res_block_size": "attention over the outputs of earlier layers",
}
"""What the models leave out: a row's `limits` say so."""

STATE_SPACE = "state-space layers of the first Mamba"

TWO_MATRICES = "an FFN of two matrices: write its width as intermediate_size, and ffn_matrices: 2"
FULL_LAYERS = (
    "the heads of the full layers: write them as head_dim and num_key_value_heads, and those of the"
    " sliding ones as swa_head_dim, swa_num_key_value_heads and swa_num_attention_heads"
)
KINDS = "a row counts its layers: attention_layers, linear_attention_layers and ffn_layers"

UNEXPRESSED = {
    "cla_share_factor": "a cache that neighbouring layers share by a factor",
    "use_double_wide_mlp": "layers with an FFN of twice the width", "block_configs": "layers that differ from one another",  # noqa: E501
    "zero_expert_num": "experts that compute nothing",
    "decoder_layers": "an encoder with a decoder", "decoder_ffn_dim": "an encoder with a decoder", "encoder_layers": "an encoder with a decoder", "d_ff": "an encoder with a decoder", "num_decoder_layers": "an encoder with a decoder",  # noqa: E501
    "state_size": STATE_SPACE, "time_step_rank": STATE_SPACE,
}  # fmt: skip
"""What the models cannot express yet, in words that follow that sentence."""

INSTEAD = {
    "attention_chunk_size": "a token sees its own chunk only: write it as sliding_window, with the count of such layers as sliding_window_layers, and say in limits that a chunk holds half as much on average",  # noqa: E501
    "layer_types": "a row counts its layers: sliding_window_layers, linear_attention_layers",
    "sliding_window_pattern": "a row counts its layers: write sliding_window_layers",
    "_sliding_window_pattern": "a row counts its layers: write sliding_window_layers",
    "layer_pattern": "a row counts its layers: write sliding_window_layers",
    "full_attention_interval": "a row counts its layers: write linear_attention_layers",
    "linear_attn_config": "a row counts its layers: write linear_attention_layers, linear_num_value_heads, linear_key_head_dim and linear_value_head_dim",  # noqa: E501
    "compress_ratios": "a row counts its layers: csa_layers with csa_ratio, hca_layers with hca_ratio",  # noqa: E501
    "intermediate_size_mlp": "that is the width of the dense layers of Llama 4: write it as intermediate_size, and intermediate_size of the same file as moe_intermediate_size",  # noqa: E501
    "n_inner": TWO_MATRICES, "ffn_dim": TWO_MATRICES, "ffn_hidden_size": TWO_MATRICES,
    "global_head_dim": FULL_LAYERS, "num_global_key_value_heads": FULL_LAYERS,
    "layers_block_type": KINDS, "hybrid_override_pattern": KINDS, "attn_layer_indices": KINDS, "attn_type_list": KINDS,  # noqa: E501
    "hybrid_layer_pattern": "a row counts its layers: write sliding_window_layers",
    "indexer_types": "a row counts its layers: write index_layers", "sparse_attention_config": "a row has its keys: index_n_heads, index_head_dim and index_layers",  # noqa: E501
    "dense_intermediate_size": "that is the width of the dense layers: write it as intermediate_size",  # noqa: E501
    "mamba_d_ssm": "that is linear_num_value_heads times linear_value_head_dim",
    "vocab_size_per_layer_input": "a table for each layer is as long as the vocabulary: write hidden_size_per_layer_input",  # noqa: E501
    "interleave_moe_layer_step": "a row counts the layers without experts: write first_k_dense_replace",  # noqa: E501
    "decoder_sparse_step": "a row counts the layers without experts: write first_k_dense_replace",
    "moe_layer_freq": "a row counts the layers without experts: write first_k_dense_replace",
    "mlp_layer_types": "a row counts the layers without experts: write first_k_dense_replace",
    "mlp_only_layers": "a row counts the layers without experts: write first_k_dense_replace",
    "num_dense_layers": "a row counts the layers without experts: write first_k_dense_replace",
    "multi_query": "a row counts its KV heads: write num_key_value_heads: 1",
    "top_k": "experts per token are num_experts_per_tok; a top_k of sampling belongs in no row",
    "word_embed_proj_dim": "an embedding as wide as the model needs no key; the models cannot express another width",  # noqa: E501
    "embedding_size": "an embedding as wide as the model needs no key; the models cannot express another width",  # noqa: E501
    "text_config": "a row holds the text model's keys themselves: python -m hooks.tools.config FILE writes it",  # noqa: E501
}  # fmt: skip
"""What a row says otherwise, and how."""

EVERY = {*ALIASES, *IRRELEVANT, *UNCOUNTED, *UNEXPRESSED, *INSTEAD}


def explained(key: str) -> str:
    """Why a row of a model cannot hold a published key, and what would be right; empty for a
    key nobody knows.
    """
    if key in UNEXPRESSED:
        return f"'{key}': the models cannot express this yet: {UNEXPRESSED[key]}"
    if key in UNCOUNTED:
        return f"'{key}': the models leave this out ({UNCOUNTED[key]}): say so in limits"
    return f"'{key}': {INSTEAD[key]}" if key in INSTEAD else ""


def hint(key: str, known: Iterable[str]) -> str:
    """`; did you mean 'head_dim'?` when a key is a known one misspelt, never when it is one of
    another meaning.
    """
    names = sorted(known)
    vocabulary = {word for name in (*names, *EVERY) for word in _words(name)}
    for name in names:
        if _joined(name) == _joined(key):
            return f"; did you mean '{name}'?"
    near = [(score, name) for name in names if (score := _nearness(key, name, vocabulary))]
    return f"; did you mean '{max(near)[1]}'?" if near else ""


def _nearness(key: str, name: str, vocabulary: set[str]) -> float:
    """How near two keys are, word by word; 0 when a word of the first one has a meaning of its
    own.
    """
    ours, theirs = _words(key), _words(name)
    if len(ours) != len(theirs):
        near = SequenceMatcher(None, _joined(key), _joined(name)).ratio()
        return near if near > 0.93 and len(ours) == 1 else 0.0
    nearness = 1.0
    for our, their in zip(ours, theirs, strict=True):
        if our == their:
            continue
        near = SequenceMatcher(None, our, their).ratio()
        if (
            near < 0.6
            or min(len(our), len(their)) < 3
            or (our in vocabulary and our + "s" != their and our != their + "s")
            or any(letter.isdigit() for letter in our + their)
        ):
            return 0.0
        nearness *= near
    return nearness


def _words(key: str) -> list[str]:
    return [word for word in re.split(r"[_\W]+", key.lower()) if word]


def _joined(key: str) -> str:
    return "".join(_words(key))
