"""The two GGUF files of a reader, and a probe: a prompt with its logits, to compare with what Facet computes."""

import json

import jax
import jax.numpy as jnp
import numpy as np
from gguf import GGUFWriter, LlamaFileType
from PIL import Image

from . import prompts
from . import shape as s
from .evaluation import unseen_crops
from .losses import answer_logits
from .batches import PageKind
from .model import encode
from .views import view
from .vocabulary import ID, PIECES

_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}<start_of_turn>{{ 'model' if message.role == 'assistant' else message.role }}\n"
    "{% if message.content is string %}{{ message.content | trim }}{% else %}{% for part in message.content %}"
    "{% if part.type == 'image' %}<start_of_image>{% elif part.type == 'text' %}{{ part.text | trim }}{% endif %}{% endfor %}{% endif %}"
    "<end_of_turn>\n{% endfor %}{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}"
)


def export(weights, folder):
    """Writes text.gguf and mmproj.gguf, matrices as f16, and probe.json."""
    weights = {name: np.asarray(weight, np.float32) for name, weight in weights.items() if not name.startswith("aux.")}
    stored = {name: weight.astype(_stored_type(name, weight)) for name, weight in weights.items()}
    _write_text(folder / "text.gguf", {name: weight for name, weight in stored.items() if not name.startswith(("v.", "mm."))})
    _write_vision(folder / "mmproj.gguf", {name: weight for name, weight in stored.items() if name.startswith(("v.", "mm."))})
    probe = _probe({name: jnp.asarray(weight, jnp.float32) for name, weight in stored.items()}, folder)
    (folder / "probe.json").write_text(json.dumps(probe) + "\n", encoding="utf-8")


def _stored_type(name, weight):
    """As llama.cpp's converter does: vectors, positions and the patch embedding keep full precision."""
    return np.float32 if weight.ndim == 1 or name in ("v.position_embd.weight", "v.patch_embd.weight") else np.float16


def _write(writer, tensors):
    for name, tensor in tensors.items():
        writer.add_tensor(name, np.ascontiguousarray(tensor))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _write_text(path, tensors):
    writer = GGUFWriter(path, "gemma3")
    writer.add_type("model")
    writer.add_name("tiny gemma3 reader")
    writer.add_file_type(LlamaFileType.MOSTLY_F16)
    writer.add_context_length(s.CONTEXT)
    writer.add_embedding_length(s.WIDTH)
    writer.add_block_count(s.LAYERS)
    writer.add_feed_forward_length(s.FEED)
    writer.add_head_count(s.HEADS)
    writer.add_head_count_kv(s.KEY_HEADS)
    writer.add_key_length(s.HEAD_WIDTH)
    writer.add_value_length(s.HEAD_WIDTH)
    writer.add_layer_norm_rms_eps(s.EPSILON)
    writer.add_rope_freq_base(s.ROPE_GLOBAL)
    writer.add_sliding_window(s.WINDOW)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([text for text, _, _ in PIECES])
    writer.add_token_scores([score for _, score, _ in PIECES])
    writer.add_token_types([kind for _, _, kind in PIECES])
    writer.add_bos_token_id(ID["<bos>"])
    writer.add_eos_token_id(ID["<eos>"])
    writer.add_unk_token_id(ID["<unk>"])
    writer.add_pad_token_id(ID["<pad>"])
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(_TEMPLATE)
    _write(writer, tensors)


def _write_vision(path, tensors):
    writer = GGUFWriter(path, "clip")
    writer.add_type("mmproj")
    writer.add_name("tiny siglip reader")
    writer.add_file_type(LlamaFileType.MOSTLY_F16)
    writer.add_bool("clip.has_vision_encoder", True)
    writer.add_string("clip.projector_type", "gemma3")
    writer.add_bool("clip.use_gelu", True)
    writer.add_uint32("clip.vision.projection_dim", s.WIDTH)
    writer.add_uint32("clip.vision.image_size", s.SIDE)
    writer.add_uint32("clip.vision.patch_size", s.PATCH)
    writer.add_uint32("clip.vision.embedding_length", s.VISION_WIDTH)
    writer.add_uint32("clip.vision.feed_forward_length", s.VISION_FEED)
    writer.add_uint32("clip.vision.block_count", s.VISION_LAYERS)
    writer.add_uint32("clip.vision.attention.head_count", s.VISION_HEADS)
    writer.add_float32("clip.vision.attention.layer_norm_epsilon", s.EPSILON)
    writer.add_array("clip.vision.image_mean", [0.5] * 3)
    writer.add_array("clip.vision.image_std", [0.5] * 3)
    writer.add_uint32("clip.vision.projector.scale_factor", s.POOLING)
    # Trained on grey pages: each colour gets a third of the kernel.
    kernel = tensors["v.patch_embd.weight"].reshape(s.VISION_WIDTH, 1, s.PATCH, s.PATCH)
    _write(writer, {**tensors, "v.patch_embd.weight": np.repeat(kernel / 3, 3, axis=1)})


def _probe(weights, folder):
    """Two prompts of a page that is cut in four: the whole page alone, and with its crops. Views as PNG beside the probe."""
    (page, crops), *_ = unseen_crops(PageKind(), 4, 1)
    line = page.lines[0]
    views = [view(page, box) for box in [page.box, *crops]]
    files = [f"probe-{index}.png" for index in range(len(views))]
    for file, picture in zip(files, views):
        Image.fromarray(picture).convert("RGB").save(folder / file)
    ids, _, _ = prompts.question(line.key, "")
    asked = ids[: -prompts.MOST_DIGITS]
    cases = []
    for shown in ([0], list(range(len(views)))):
        count = len(shown) - 1
        with jax.default_matmul_precision("highest"):
            soft = encode(weights, np.stack([views[index] for index in shown]))[2]
            scores, _ = answer_logits(weights, count, soft, np.array([[ids]], np.int32))
        prefix = [int(token) for token in prompts.prefix(count)]
        cases.append({"views": shown, "ids": prefix + asked, "logits": [float(value) for value in scores[0, 0, 0]]})
    return {"side": s.SIDE, "soft_id": prompts.SOFT_ID, "files": files, "key": line.key, "answer": line.answer, "cases": cases}
