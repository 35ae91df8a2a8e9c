"""Writes text.gguf, mmproj.gguf and golden.json into the folder `golden` beside this file. See README.md."""

import json
from pathlib import Path

import numpy as np

from gemma3_reference import logits, visible
from gguf_writer import write_gguf
from siglip_reference import encode
from tiny_model import VISION, text_metadata, text_tensors, vision_metadata, vision_tensors, vocabulary

BOS, START_OF_TURN, START_OF_IMAGE, END_OF_IMAGE, TWO_NEWLINES = 2, 5, 7, 8, 10


def picture(number):
    """The same whole-number pattern is made by the test, so that no picture has to be stored."""
    side = VISION["image"]
    y, x, channel = np.meshgrid(np.arange(side), np.arange(side), np.arange(3), indexing="ij")
    return (x * (7 + number) + y * (13 + 4 * number) + channel * 50 + x * y) % 256


def letterboxed(rgb):
    """Half as high, between grey bars: how a picture must not reach the encoder."""
    side = len(rgb)
    boxed = np.full_like(rgb, 128)
    boxed[side // 4 : side // 4 + side // 2] = rgb[::2]
    return boxed


def causal(images, window):
    """The mask that treats soft tokens like text: the right one for nothing."""
    return visible(np.full_like(images, -1), window)


def main():
    rng = np.random.default_rng(3)
    text, vision = text_tensors(rng), vision_tensors(rng)
    folder = Path(__file__).parent / "golden"
    folder.mkdir(exist_ok=True)
    write_gguf(folder / "text.gguf", text_metadata(), text)
    write_gguf(folder / "mmproj.gguf", vision_metadata(), vision)

    words = [int(token) for token in rng.integers(12, len(vocabulary()), 64)]
    image = lambda number: {"image": number}  # noqa: E731
    around = lambda number: [TWO_NEWLINES, START_OF_IMAGE, image(number), END_OF_IMAGE, TWO_NEWLINES]  # noqa: E731
    prompts = {
        "one token": [BOS],
        "as long as the window": [BOS, *words[:7]],
        "one longer than the window": [BOS, *words[:8]],
        "many windows": [BOS, *words],
        "an image at the end": [BOS, START_OF_TURN, *words[:3], START_OF_IMAGE, image(0)],
        "an image": [BOS, START_OF_TURN, *around(0), *words[:4]],
        "an image that has left the window": [BOS, START_OF_TURN, *around(0), *words[:30]],
        "an image after a long text": [BOS, START_OF_TURN, *words[:40], *around(1), *words[40:43]],
        "two images": [BOS, START_OF_TURN, *around(0), *words[:2], *around(1), *words[2:6]],
    }
    pictures = [picture(number) for number in range(2)]
    right = [encode(vision, rgb) for rgb in pictures]
    boxed = [encode(vision, letterboxed(rgb)) for rgb in pictures]

    def computed(prompt, encoded=right, sees=visible):
        row = logits(text, [part if isinstance(part, int) else encoded[part["image"]] for part in prompt], sees)
        return [round(float(value), 6) for value in row]

    cases = []
    for name, prompt in prompts.items():
        count = sum(not isinstance(part, int) for part in prompt)
        # What a broken build would compute; the addon must be far from it.
        faults = {}
        if count > 0:
            faults["a causal mask on images"] = computed(prompt, sees=causal)
            faults["letterboxed images"] = computed(prompt, boxed)
        if count > 1:
            faults["images in the wrong order"] = computed(prompt, right[::-1])
        cases.append({"name": name, "prompt": prompt, "logits": computed(prompt), "faults": faults})
    golden = {"imageSide": VISION["image"], "imageTokens": len(right[0]), "cases": cases}
    (folder / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
