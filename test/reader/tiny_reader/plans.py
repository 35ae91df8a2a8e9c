"""How a reader is trained: letters first, then questions, with the hard pages last."""

from dataclasses import dataclass, field

from .batches import PageKind


@dataclass(frozen=True)
class Stage:
    steps: int
    kind: PageKind
    muon_rate: float
    dense: float = 0.0  # share of the batches that are pages full of letters
    crops: dict[int, float] = field(default_factory=lambda: {0: 1.0})  # how often a batch has pages with that many crops
    questions: bool = True  # without: letters only, and the text model is not computed
    fades: bool = False  # the rate falls to nothing over the stage


@dataclass(frozen=True)
class Plan:
    stages: list[Stage]
    views: int  # in a batch
    evaluate_every: int
    evaluated_pages: int

    @property
    def steps(self):
        return sum(stage.steps for stage in self.stages)

    def at(self, step):
        """The stage of a step and how far through it is, 0..1."""
        for stage in self.stages:
            if step < stage.steps:
                return stage, step / stage.steps
            step -= stage.steps
        raise IndexError("the plan has no such step")


_SMOKE = PageKind(fonts=1, least_em=16, most_em=18, most_lines=4, stretch=0.05)
_EASY = PageKind(fonts=3, least_em=15, most_em=18)
_ALL = PageKind(fonts=3, least_em=12.5, most_em=18)

PLANS = {
    # About ten minutes on one core: one font, few lines, no crops. Shows that everything learns; reads nothing else.
    "smoke": Plan(
        [
            Stage(260, _SMOKE, 0.02, dense=0.8, questions=False),
            Stage(440, _SMOKE, 0.02),
            Stage(160, _SMOKE, 0.01, fades=True),
        ],
        views=24,
        evaluate_every=100,
        evaluated_pages=48,
    ),
    # Hours on one core: the pages that the reader in assets/models was made for.
    "full": Plan(
        [
            Stage(1200, _EASY, 0.02, dense=0.8, questions=False),
            Stage(900, _EASY, 0.02, dense=0.1, crops={0: 0.7, 4: 0.3}),
            Stage(1500, _ALL, 0.01, crops={0: 0.5, 4: 0.5}),
            Stage(3000, _ALL, 0.01, crops={0: 0.5, 4: 0.5}, fades=True),
        ],
        views=24,
        evaluate_every=200,
        evaluated_pages=48,
    ),
}
