"""Configurations written after published ones: the keys that decide, and some that are no matter of cost."""

from typing import Any

COMMON = {
    "architectures": ["SomeForCausalLM"], "torch_dtype": "bfloat16", "transformers_version": "4.57.0", "use_cache": True,
    "bos_token_id": 1, "eos_token_id": [2, 3], "rms_norm_eps": 1e-05, "hidden_act": "silu", "initializer_range": 0.02,
    "attention_bias": False, "attention_dropout": 0.0, "rope_scaling": None,
}  # fmt: skip

LLAMA_3_8B = {
    **COMMON, "model_type": "llama", "num_hidden_layers": 32, "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
    "intermediate_size": 14336, "vocab_size": 128256, "tie_word_embeddings": False, "max_position_embeddings": 8192, "rope_theta": 500000.0,
    "mlp_bias": False, "pretraining_tp": 1,
}  # fmt: skip

QWEN_25_14B = {
    **COMMON, "model_type": "qwen2", "num_hidden_layers": 48, "hidden_size": 5120, "num_attention_heads": 40, "num_key_value_heads": 8,
    "intermediate_size": 13824, "vocab_size": 152064, "tie_word_embeddings": False, "max_position_embeddings": 131072,
    "sliding_window": 131072, "use_sliding_window": False, "max_window_layers": 48, "rope_theta": 1000000.0,
}  # fmt: skip

MIXTRAL_8X7B = {
    **COMMON, "model_type": "mixtral", "num_hidden_layers": 32, "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
    "intermediate_size": 14336, "vocab_size": 32000, "tie_word_embeddings": False, "max_position_embeddings": 32768, "sliding_window": None,
    "num_local_experts": 8, "num_experts_per_tok": 2, "output_router_logits": False, "router_aux_loss_coef": 0.02,
}  # fmt: skip

DEEPSEEK_V3 = {
    **COMMON, "model_type": "deepseek_v3", "num_hidden_layers": 61, "hidden_size": 7168, "num_attention_heads": 128, "num_key_value_heads": 128,
    "intermediate_size": 18432, "moe_intermediate_size": 2048, "vocab_size": 129280, "tie_word_embeddings": False, "max_position_embeddings": 163840,
    "n_routed_experts": 256, "n_shared_experts": 1, "num_experts_per_tok": 8, "first_k_dense_replace": 3, "moe_layer_freq": 1, "n_group": 8,
    "topk_group": 4, "topk_method": "noaux_tc", "scoring_func": "sigmoid", "norm_topk_prob": True, "routed_scaling_factor": 2.5, "ep_size": 1,
    "kv_lora_rank": 512, "q_lora_rank": 1536, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128, "num_nextn_predict_layers": 1,
    "quantization_config": {"quant_method": "fp8", "weight_block_size": [128, 128]}, "rope_scaling": {"type": "yarn", "factor": 40},
}  # fmt: skip

GEMMA_3_12B = {
    "architectures": ["Gemma3ForConditionalGeneration"], "model_type": "gemma3", "torch_dtype": "bfloat16", "mm_tokens_per_image": 256,
    "boi_token_index": 255999, "image_token_index": 262144, "vision_config": {"hidden_size": 1152, "num_hidden_layers": 27},
    "text_config": {
        "model_type": "gemma3_text", "num_hidden_layers": 48, "hidden_size": 3840, "num_attention_heads": 16, "num_key_value_heads": 8, "head_dim": 256,
        "intermediate_size": 15360, "vocab_size": 262208, "max_position_embeddings": 131072, "sliding_window": 1024, "sliding_window_pattern": 6,
        "query_pre_attn_scalar": 256, "rope_local_base_freq": 10000.0, "rope_theta": 1000000.0, "attn_logit_softcapping": None,
    },
}  # fmt: skip

GPT_OSS_20B = {
    **COMMON, "model_type": "gpt_oss", "num_hidden_layers": 24, "hidden_size": 2880, "num_attention_heads": 64, "num_key_value_heads": 8, "head_dim": 64,
    "intermediate_size": 2880, "vocab_size": 201088, "tie_word_embeddings": False, "max_position_embeddings": 131072, "sliding_window": 128,
    "layer_types": ["sliding_attention", "full_attention"] * 12, "num_local_experts": 32, "num_experts_per_tok": 4, "experts_per_token": 4,
    "initial_context_length": 4096, "swiglu_limit": 7.0, "quantization_config": {"quant_method": "mxfp4"},
}  # fmt: skip

QWEN3_NEXT_80B = {
    **COMMON, "model_type": "qwen3_next", "num_hidden_layers": 48, "hidden_size": 2048, "num_attention_heads": 16, "num_key_value_heads": 2, "head_dim": 256,
    "intermediate_size": 5120, "vocab_size": 151936, "tie_word_embeddings": False, "max_position_embeddings": 262144, "full_attention_interval": 4,
    "linear_num_value_heads": 32, "linear_num_key_heads": 16, "linear_key_head_dim": 128, "linear_value_head_dim": 128, "linear_conv_kernel_dim": 4,
    "num_experts": 512, "num_experts_per_tok": 10, "moe_intermediate_size": 512, "shared_expert_intermediate_size": 512, "decoder_sparse_step": 1,
    "mlp_only_layers": [], "partial_rotary_factor": 0.25, "norm_topk_prob": True, "sliding_window": None,
}  # fmt: skip

LLAMA_4_MAVERICK = {
    "model_type": "llama4", "boi_token_index": 200080, "vision_config": {"hidden_size": 1408},
    "text_config": {
        **COMMON, "model_type": "llama4_text", "num_hidden_layers": 48, "hidden_size": 5120, "num_attention_heads": 40, "num_key_value_heads": 8, "head_dim": 128,
        "intermediate_size": 8192, "intermediate_size_mlp": 16384, "vocab_size": 202048, "max_position_embeddings": 1048576, "attention_chunk_size": 8192,
        "no_rope_layers": [1, 1, 1, 0] * 12, "num_local_experts": 128, "num_experts_per_tok": 1, "interleave_moe_layer_step": 2,
    },
}  # fmt: skip

GPT_2 = {
    "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "n_layer": 48, "n_embd": 1600, "n_head": 25, "n_positions": 1024, "n_ctx": 1024, "n_inner": None,
    "vocab_size": 50257, "activation_function": "gelu_new", "attn_pdrop": 0.1, "embd_pdrop": 0.1, "resid_pdrop": 0.1, "layer_norm_epsilon": 1e-05,
    "summary_type": "cls_index", "task_specific_params": {"text-generation": {"do_sample": True, "max_length": 50}},
}  # fmt: skip

OPT_350M = {
    "model_type": "opt", "num_hidden_layers": 24, "hidden_size": 1024, "num_attention_heads": 16, "ffn_dim": 4096, "vocab_size": 50272,
    "max_position_embeddings": 2048, "word_embed_proj_dim": 512, "do_layer_norm_before": False, "activation_function": "relu", "prefix": "</s>",
}  # fmt: skip

GEMMA_4_31B = {
    "model_type": "gemma4", "tie_word_embeddings": True, "vision_config": {"hidden_size": 1152}, "audio_config": None,
    "text_config": {
        "model_type": "gemma4_text", "num_hidden_layers": 60, "hidden_size": 5376, "num_attention_heads": 32, "num_key_value_heads": 16, "head_dim": 256,
        "global_head_dim": 512, "num_global_key_value_heads": 4, "attention_k_eq_v": True, "intermediate_size": 21504, "vocab_size": 262144,
        "vocab_size_per_layer_input": 262144, "hidden_size_per_layer_input": 0, "max_position_embeddings": 262144, "sliding_window": 1024,
        "layer_types": [*["sliding_attention"] * 5, "full_attention"] * 10, "num_kv_shared_layers": 0, "num_experts": None, "top_k_experts": None,
        "moe_intermediate_size": None, "enable_moe_block": False, "use_double_wide_mlp": False, "tie_word_embeddings": True,
        "rope_parameters": {"full_attention": {"rope_theta": 1000000.0}},
    },
}  # fmt: skip

KIMI_K3 = {
    "model_type": "kimi_k3", "vision_config": {"vt_hidden_size": 1152},
    "text_config": {
        "model_type": "kimi_linear", "num_hidden_layers": 93, "hidden_size": 7168, "num_attention_heads": 96, "num_key_value_heads": 96, "intermediate_size": 33792,
        "vocab_size": 163840, "tie_word_embeddings": False, "max_position_embeddings": 1048576, "num_experts": 896, "num_experts_per_token": 16,
        "num_shared_experts": 2, "moe_intermediate_size": 3072, "routed_expert_hidden_size": 3584, "latent_moe_use_norm": True, "first_k_dense_replace": 1,
        "moe_layer_freq": 1, "kv_lora_rank": 512, "q_lora_rank": 1536, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128, "mla_use_nope": True,
        "mla_use_output_gate": True, "attn_res_block_size": 12,
        "linear_attn_config": {"kda_layers": [n for n in range(1, 93) if n % 4], "full_attn_layers": [*range(4, 93, 4), 93], "num_heads": 96, "head_dim": 128, "short_conv_kernel_size": 4, "use_full_rank_gate": True},
    },
}  # fmt: skip

NEMOTRON_3_NANO = {
    **COMMON, "model_type": "nemotron_h", "num_hidden_layers": 52, "hidden_size": 2688, "num_attention_heads": 32, "num_key_value_heads": 2, "head_dim": 128,
    "hybrid_override_pattern": "MEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEM*EMEMEMEM*EMEMEMEME", "intermediate_size": 1856, "vocab_size": 131072, "tie_word_embeddings": False,
    "max_position_embeddings": 262144, "mamba_num_heads": 64, "mamba_head_dim": 64, "ssm_state_size": 128, "n_groups": 8, "conv_kernel": 4, "expand": 2, "chunk_size": 128,
    "n_routed_experts": 128, "num_experts_per_tok": 6, "moe_intermediate_size": 1856, "moe_shared_expert_intermediate_size": 3712, "n_shared_experts": 1,
    "mlp_hidden_act": "relu2", "mamba_hidden_act": "silu", "n_group": 1, "topk_group": 1, "routed_scaling_factor": 2.5, "sliding_window": None,
}  # fmt: skip

MIMO_V2_FLASH = {
    **COMMON, "model_type": "mimo_v2_flash", "num_hidden_layers": 48, "hidden_size": 4096, "num_attention_heads": 64, "num_key_value_heads": 4, "head_dim": 192, "v_head_dim": 128,
    "intermediate_size": 16384, "vocab_size": 152576, "tie_word_embeddings": False, "max_position_embeddings": 262144, "sliding_window": 128, "attention_chunk_size": 128,
    "swa_num_attention_heads": 64, "swa_num_key_value_heads": 8, "swa_head_dim": 192, "swa_v_head_dim": 128,
    "hybrid_layer_pattern": [0, 1, 1, 1, 1, *[0, 1, 1, 1, 1, 1] * 7, 0], "moe_layer_freq": [0, *[1] * 47],
    "moe_intermediate_size": 2048, "n_routed_experts": 256, "n_shared_experts": None, "num_experts_per_tok": 8,
}  # fmt: skip

DEEPSEEK_V4_FLASH = {
    **COMMON, "model_type": "deepseek_v4", "num_hidden_layers": 43, "hidden_size": 4096, "num_attention_heads": 64, "num_key_value_heads": 1, "head_dim": 512,
    "vocab_size": 129280, "tie_word_embeddings": False, "max_position_embeddings": 1048576, "sliding_window": 128, "moe_intermediate_size": 2048,
    "n_routed_experts": 256, "n_shared_experts": 1, "num_experts_per_tok": 6, "q_lora_rank": 1024, "qk_rope_head_dim": 64, "o_groups": 8, "o_lora_rank": 1024,
    "index_head_dim": 128, "index_n_heads": 64, "index_topk": 512, "hc_mult": 4, "num_nextn_predict_layers": 1, "compress_ratios": [0, 0, *[4, 128] * 20, 4, 0],
}  # fmt: skip

GRANITE_4_SMALL = {
    **COMMON, "model_type": "granitemoehybrid", "num_hidden_layers": 40, "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8,
    "layer_types": [*["mamba"] * 9, "attention"] * 4, "vocab_size": 100352, "tie_word_embeddings": True, "max_position_embeddings": 131072,
    "mamba_n_heads": 128, "mamba_d_head": "auto", "mamba_d_state": 128, "mamba_n_groups": 1, "mamba_d_conv": 4, "mamba_expand": 2,
    "num_local_experts": 72, "num_experts_per_tok": 10, "intermediate_size": 768, "shared_intermediate_size": 1536,
}  # fmt: skip

FALCON_H1 = {
    **COMMON, "model_type": "falcon_h1", "num_hidden_layers": 36, "hidden_size": 1024, "num_attention_heads": 8, "num_key_value_heads": 2, "head_dim": 64,
    "intermediate_size": 2048, "vocab_size": 32784, "tie_word_embeddings": False, "max_position_embeddings": 16384, "attn_layer_indices": None,
    "mamba_n_heads": 24, "mamba_d_head": 64, "mamba_d_state": 128, "mamba_n_groups": 1, "mamba_d_conv": 4, "mamba_d_ssm": 1536, "mamba_expand": 2,
}  # fmt: skip

OPT_13B = {
    "model_type": "opt", "num_hidden_layers": 40, "hidden_size": 5120, "num_attention_heads": 40, "ffn_dim": 20480, "vocab_size": 50272,
    "max_position_embeddings": 2048, "word_embed_proj_dim": 5120, "do_layer_norm_before": True, "activation_function": "relu", "prefix": "</s>",
}  # fmt: skip

MINIMAX_M3 = {
    **COMMON, "model_type": "minimax_m3", "num_hidden_layers": 60, "hidden_size": 6144, "num_attention_heads": 64, "num_key_value_heads": 4, "head_dim": 128,
    "dense_intermediate_size": 12288, "intermediate_size": 3072, "moe_intermediate_size": 3072, "shared_intermediate_size": 3072, "n_shared_experts": 1,
    "first_k_dense_replace": 3, "moe_layer_freq": [0, 0, 0, *[1] * 57], "num_local_experts": 128, "num_experts_per_tok": 4, "vocab_size": 200064,
    "tie_word_embeddings": False, "max_position_embeddings": 1048576, "attention_output_gate": False,
    "sparse_attention_config": {"use_sparse_attention": True, "sparse_num_index_heads": 4, "sparse_index_dim": 128, "sparse_attention_freq": [0, 0, 0, *[1] * 57]},
}  # fmt: skip

EVERY: dict[str, dict[str, Any]] = {
    "llama": LLAMA_3_8B, "qwen2.5": QWEN_25_14B, "mixtral": MIXTRAL_8X7B, "deepseek": DEEPSEEK_V3, "gemma3": GEMMA_3_12B, "gpt-oss": GPT_OSS_20B,
    "qwen3-next": QWEN3_NEXT_80B, "llama4": LLAMA_4_MAVERICK, "gpt2": GPT_2, "opt": OPT_350M, "gemma4": GEMMA_4_31B, "kimi-k3": KIMI_K3,
    "nemotron": NEMOTRON_3_NANO, "mimo": MIMO_V2_FLASH, "deepseek-v4": DEEPSEEK_V4_FLASH, "granite": GRANITE_4_SMALL, "falcon-h1": FALCON_H1, "opt-13b": OPT_13B, "minimax-m3": MINIMAX_M3,
}  # fmt: skip
