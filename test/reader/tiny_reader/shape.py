"""Sizes of the pair: the released graph with small numbers. Letters used for shapes elsewhere: B pictures or pages, P patches, S soft tokens, T tokens."""

EPSILON = 1e-6

# Vision
SIDE = 112  # of a view, in pixels
PATCH = 14
POOLING = 2  # patches per soft token and axis; the released models have 4
VISION_WIDTH = 128
VISION_HEADS = 4
VISION_FEED = 384
VISION_LAYERS = 5
PATCHES = SIDE // PATCH  # per axis
SOFT = PATCHES // POOLING  # soft tokens per axis
SOFT_TOKENS = SOFT * SOFT
SOFT_SIDE = PATCH * POOLING  # of the square a soft token shows, in pixels

# Text
WIDTH = 128
HEADS = 4
KEY_HEADS = 2
HEAD_WIDTH = 32
FEED = 384
LAYERS = 6  # the sixth is global, as every sixth of the released models
GLOBAL_EVERY = 6
CONTEXT = 2048
WINDOW = 1024
ROPE_GLOBAL = 1e6
ROPE_LOCAL = 1e4
