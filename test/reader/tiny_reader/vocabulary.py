"""The vocabulary of the pair: what the prompt's wording needs as single pieces, and bytes and ASCII for the rest."""

# What a line of a label is called. The reading test's pages use the same (electron/reader/readingTest/layoutTestPage.ts).
KEYS = [
    *("Total", "Date", "Name", "Invoice", "Weight", "Room", "Code", "Price", "Tax", "Phone", "Order", "Batch"),
    *("Serial", "Count", "Height", "Width", "Floor", "Gate", "Seat", "Flight", "Zip", "Age", "Score", "Level"),
]
OVERVIEW_WORDING = "Here is the original image"
CROPS_WORDING = "and here are some crops to help you see better"

SPACE = "\u2581"  # how SentencePiece writes a space
_NORMAL, _UNKNOWN, _CONTROL, _USER_DEFINED, _BYTE = 1, 2, 3, 4, 6  # llama.cpp's llama_token_type
_SPECIAL_SCORE = -1000.0
_SIZE_STEP = 32  # rows of the embedding are padded to a multiple


def _pieces():
    controls = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "<start_of_turn>", "<end_of_turn>"]
    controls += ["<start_of_image>", "<end_of_image>", "<image_soft_token>"]
    pieces = [(text, _SPECIAL_SCORE, _UNKNOWN if text == "<unk>" else _CONTROL) for text in controls]
    whole = ["\n", "\n\n", "\n\n\n", "user", "model", OVERVIEW_WORDING, CROPS_WORDING, *KEYS]
    pieces += [(text, _SPECIAL_SCORE, _USER_DEFINED) for text in whole]
    pieces += [(f"<0x{byte:02X}>", _SPECIAL_SCORE, _BYTE) for byte in range(256)]
    pieces += [(text, -float(rank), _NORMAL) for rank, text in enumerate([SPACE, *map(chr, range(33, 127))])]
    while len(pieces) % _SIZE_STEP:
        pieces.append((f"<unused{len(pieces)}>", _SPECIAL_SCORE, _CONTROL))
    return pieces


PIECES = _pieces()
"""(text, score, type) by token id."""
ID = {text: index for index, (text, _, _) in enumerate(PIECES)}
_LONGEST_FIRST = sorted((text for text, _, kind in PIECES if kind in (_CONTROL, _USER_DEFINED)), key=len, reverse=True)


def tokenize(text):
    """Token ids of ASCII text; control tokens may be spelled out in it."""
    ids = []
    while text:
        piece = next((piece for piece in _LONGEST_FIRST if text.startswith(piece)), text[0])
        ids.append(ID[SPACE if piece == " " else piece])
        text = text[len(piece) :]
    return ids
