"""Writes F32 GGUF files: just enough of the format for the reference model, and independent of any library."""

import struct

import numpy as np

ALIGNMENT = 32
STRING, ARRAY = 8, 9
# (number of the type, struct code)
TYPES = {"u32": (4, "<I"), "i32": (5, "<i"), "f32": (6, "<f"), "bool": (7, "<?"), "string": (STRING, None)}


def _string(value):
    data = value.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def _scalar(kind, value):
    return _string(value) if kind == "string" else struct.pack(TYPES[kind][1], value)


def _value(kind, value):
    if isinstance(value, list):
        body = b"".join(_scalar(kind, item) for item in value)
        return struct.pack("<IIQ", ARRAY, TYPES[kind][0], len(value)) + body
    return struct.pack("<I", TYPES[kind][0]) + _scalar(kind, value)


def _padding(size):
    return b"\0" * (-size % ALIGNMENT)


def write_gguf(path, metadata, tensors):
    """metadata: list of (key, kind, value); tensors: dict of float32 arrays, outermost dimension first."""
    header = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    for key, kind, value in metadata:
        header += _string(key) + _value(kind, value)
    data = b""
    for name, tensor in tensors.items():
        # The format lists the innermost dimension first.
        shape = tensor.shape[::-1]
        header += _string(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(data))
        body = np.ascontiguousarray(tensor, dtype="<f4").tobytes()
        data += body + _padding(len(body))
    with open(path, "wb") as file:
        file.write(header + _padding(len(header)) + data)
