"""What an attacker makes of published figures, by scipy's HiGHS; JSON in, JSON out.

Written without a look at the Swift code's own model: every combination of answers to all questions that hang together is a
variable for every background, and the sizes of the backgrounds and all shown figures are equations. The range of each hidden
figure is found by two linear programs, and by whole-number programs where those end in fractions of people. Of tables of amounts
every cell is a variable, and all shown sums are equations.
"""

import itertools
import json
import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import block_diag, csr_matrix


def linked(questions: set[int], groups: list[set[int]]) -> set[int]:
    size = 0
    while size < len(questions):
        size = len(questions)
        for group in groups:
            if group & questions:
                questions = questions | group
    return questions


class Attack:
    """Everything that agrees with some equations, with the whole tables met so far: each is a proof of what can be."""

    together = 4

    def __init__(self, equations: np.ndarray, sums: np.ndarray, most: float = np.inf):
        self.equations, self.sums, self.most = equations, sums, most
        self.sparse = csr_matrix(equations)
        self.tables = np.zeros((0, equations.shape[1]))

    def linear(self, objectives: list[np.ndarray]) -> list[np.ndarray]:
        """The table that makes each objective least, all in one program."""
        found = linprog(
            np.concatenate(objectives),
            A_eq=block_diag([self.sparse] * len(objectives), format="csr"),
            b_eq=np.tile(self.sums, len(objectives)),
            bounds=(0, self.most),
            method="highs",
            options={"presolve": False},
        )
        if found.status != 0:
            raise SystemExit(f"linprog: {found.message}")
        return list(found.x.reshape(len(objectives), -1))

    def whole(self, objective: np.ndarray) -> np.ndarray:
        """The whole table that makes an objective least."""
        found = milp(
            objective,
            constraints=LinearConstraint(self.sparse, self.sums, self.sums),
            integrality=np.ones(len(objective)),
            bounds=Bounds(0, self.most),
            options={"time_limit": 10},
        )
        if found.x is None:
            raise SystemExit(f"milp: {found.message}")
        return found.x

    def learn(self, tables: list[np.ndarray]) -> None:
        whole = [one for one in map(np.rint, tables) if np.array_equal(self.equations @ one, self.sums) and one.min() >= 0]
        self.tables = np.unique(np.vstack([self.tables, *whole]), axis=0)

    def range(self, target: np.ndarray) -> list[int]:
        values = self.tables @ target
        return [int(values.min()), int(values.max())] if len(values) else [0, 0]

    def is_narrow(self, target: np.ndarray, need: int) -> bool:
        least, most = self.range(target)
        return most - least < need

    def narrow(self, targets: list[tuple[np.ndarray, int]]) -> list[list[int]]:
        """The range of each target: all of it where it is narrower than its need, else as much as shows that it is not."""
        left = targets
        while left:
            asked, left = left[: self.together], left[self.together :]
            self.learn(self.linear([sign * target for target, _ in asked for sign in (1.0, -1.0)]))
            left = [one for one in left if self.is_narrow(*one)]
        for target, need in targets:
            for sign in (1.0, -1.0):
                # What the linear programs found may have been fractions of people.
                if self.is_narrow(target, need):
                    self.learn([self.whole(sign * target)])
        return [self.range(target) for target, _ in targets]


def attack(case: dict) -> dict:
    """The range of every hidden figure of one case, in order."""
    sizes, figures = case["sizes"], case["shown"] + case["hidden"]
    rules = [{question: category for question, category in rule} for rule in case["impossible"]]
    groups = [{question for question, _ in figure["answers"]} for figure in figures] + [set(rule) for rule in rules]
    answer: list[list[int] | None] = [None] * len(case["hidden"])
    while None in answer:
        start = answer.index(None)
        component = sorted(linked({question for question, _ in case["hidden"][start]["answers"]}, groups))
        patterns = [
            dict(zip(component, pattern))
            for pattern in itertools.product(*(range(case["questions"][question]) for question in component))
        ]
        patterns = [one for one in patterns if not any(rule.items() <= one.items() for rule in rules)]

        def row(figure: dict) -> np.ndarray:
            who = np.zeros(len(sizes))
            who[figure["who"]] = 1
            wanted = dict(figure["answers"]).items()
            return np.concatenate([who if wanted <= pattern.items() else np.zeros(len(sizes)) for pattern in patterns])

        def is_here(figure: dict) -> bool:
            return figure["answers"][0][0] in component

        known = {tuple(row(figure)): figure["count"] for figure in case["shown"] if is_here(figure)}
        equations = np.vstack([np.tile(np.eye(len(sizes)), len(patterns)), *known])
        places = [place for place, figure in enumerate(case["hidden"]) if is_here(figure)]
        attacker = Attack(equations, np.array([*sizes, *known.values()], float))
        found = attacker.narrow([(row(case["hidden"][place]), case["hidden"][place]["need"]) for place in places])
        for place, one in zip(places, found):
            answer[place] = one
    return {"ranges": answer}


def attack_amounts(case: dict) -> dict:
    """The same of a table of amounts, of which none is more than a limit that is beyond all needs."""

    def row(figure: dict) -> np.ndarray:
        return np.bincount(figure["cells"], minlength=case["cells"]).astype(float)

    known = {tuple(row(figure)): figure["amount"] for figure in case["shown"]}
    equations = np.array(list(known)).reshape(-1, case["cells"])
    attacker = Attack(equations, np.array(list(known.values()), float), case["limit"])
    return {"ranges": attacker.narrow([(row(figure), figure["need"]) for figure in case["hidden"]])}


def main() -> None:
    asked = json.load(sys.stdin)
    json.dump([attack_amounts(one) if "cells" in one else attack(one) for one in asked], sys.stdout)


main()
