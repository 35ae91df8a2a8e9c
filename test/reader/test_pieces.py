"""Quick checks of what the training stands on: `python -m unittest discover test/reader` in the environment that run.py makes."""

import unittest
from random import Random

import numpy as np

from tiny_reader import prompts, views
from tiny_reader.batches import PageKind, crops_page, make_batch, single_page
from tiny_reader.pages import holder
from tiny_reader.shape import SOFT_TOKENS
from tiny_reader.vocabulary import ID, KEYS, PIECES, tokenize


class Vocabulary(unittest.TestCase):
    def test_keys_and_wording_are_single_pieces(self):
        self.assertEqual(len(PIECES), 416)
        self.assertEqual(tokenize("Total: 12"), [ID["Total"], ID[":"], ID["\u2581"], ID["1"], ID["2"]])

    def test_longer_runs_of_newlines_come_first(self):
        self.assertEqual(tokenize("\n\n\n\n"), [ID["\n\n\n"], ID["\n"]])


class Prompts(unittest.TestCase):
    def test_prefix_has_a_run_of_soft_tokens_per_view(self):
        for crops in (0, 2, 4):
            self.assertEqual((prompts.prefix(crops) == prompts.SOFT_ID).sum(), (crops + 1) * SOFT_TOKENS)

    def test_questions_see_the_prefix_and_not_one_another(self):
        positions, mask = prompts.layout(2, 3)
        count = len(prompts.prefix(2))
        first, second = count, count + prompts.QUESTION_LENGTH
        self.assertEqual(positions[first], positions[second])
        self.assertTrue(mask[second, :count].all())
        self.assertFalse(mask[second:, first:second].any())
        self.assertFalse(mask[first, first + 1])

    def test_a_picture_sees_all_of_itself(self):
        _, mask = prompts.layout(1, 1)
        soft = np.nonzero(prompts.prefix(1) == prompts.SOFT_ID)[0]
        one, other = soft[:SOFT_TOKENS], soft[SOFT_TOKENS:]
        self.assertTrue(mask[np.ix_(one, one)].all())
        self.assertFalse(mask[np.ix_(one, other)].any())

    def test_targets_follow_their_tokens(self):
        ids, targets, weights = prompts.question("Total", "042")
        answered = [target for target, weight in zip(targets, weights) if weight > 0]
        self.assertEqual(answered, [*tokenize("042"), prompts.END_OF_TURN])
        begin = weights.index(1.0)
        self.assertEqual(ids[begin + 1 : begin + 4], tokenize("042"))


class Pages(unittest.TestCase):
    def test_the_same_seed_draws_the_same_page(self):
        one, other = (single_page(Random(5), PageKind())[0] for _ in range(2))
        self.assertEqual(one.image.tobytes(), other.image.tobytes())
        self.assertEqual([line.text for line in one.lines], [line.text for line in other.lines])

    def test_every_line_of_a_cut_page_is_whole_in_a_crop(self):
        for seed in range(20):
            page, crops = crops_page(Random(seed), PageKind(), 4)
            for line in page.lines:
                self.assertIsNotNone(holder((line.left, line.top, line.right, line.bottom), crops))

    def test_letters_are_labelled_where_the_ink_is(self):
        page, _ = single_page(Random(1), PageKind())
        labels, grey = views.glyph_labels(page, page.box), views.view(page, page.box)
        ys = ((np.arange(views.GLYPH_ROWS) + 0.5) * views.SIDE / views.GLYPH_ROWS).astype(int)
        dark = (grey.max() - grey.astype(int)).max(axis=1)[ys] > 60
        labelled = (labels > 0).any(axis=1)
        self.assertTrue((labelled | ~dark).all(), "every row of points with ink has a label")
        self.assertTrue(labelled.any() and not labelled.all())

    def test_places_lie_within_the_views(self):
        page, crops = crops_page(Random(3), PageKind(), 4)
        for line in page.lines:
            key, letters = views.places(line, [page.box, *crops])
            self.assertEqual(len(letters), len(line.answer))
            for token in (key, *letters):
                self.assertTrue(SOFT_TOKENS <= token < 5 * SOFT_TOKENS)

    def test_a_batch_asks_for_keys_that_stand_on_its_pages(self):
        random = Random(7)
        pages = [single_page(random, PageKind()) for _ in range(3)]
        batch = make_batch(random, pages)
        for (page, _), ids, asked in zip(pages, batch.ids, batch.asked()):
            keys = {KEYS[row[0] - ID[KEYS[0]]] for row in ids[asked]}
            self.assertTrue(keys <= {line.key for line in page.lines})


if __name__ == "__main__":
    unittest.main()
