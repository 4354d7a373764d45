"""What an attacker makes of published figures, by scipy's HiGHS; JSON in, JSON out.

Written without a look at the Swift code's own model: every combination of answers to all questions that hang together is a
variable for every background, the sizes of the backgrounds and all shown figures are equations, and the range of each hidden
figure is found by two linear programs.
"""

import itertools
import json
import sys

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_matrix


def linked(questions: set[int], groups: list[set[int]]) -> set[int]:
    size = 0
    while size < len(questions):
        size = len(questions)
        for group in groups:
            if group & questions:
                questions = questions | group
    return questions


def ranges(equations: np.ndarray, sums: np.ndarray, targets: list[np.ndarray]) -> list[list[float]]:
    """The least and the largest value of each target over all x >= 0 with equations @ x = sums: many copies in one program."""
    if not targets:
        return []
    objectives = [sign * target for target in targets for sign in (1.0, -1.0)]
    copies = block_diag([csr_matrix(equations)] * len(objectives), format="csr")
    found = linprog(
        np.concatenate(objectives), A_eq=copies, b_eq=np.tile(sums, len(objectives)), bounds=(0, None), method="highs"
    )
    if found.status != 0:
        raise SystemExit(f"linprog: {found.message}")
    tables = found.x.reshape(len(objectives), -1)
    return [
        [float(target @ tables[2 * place]), float(target @ tables[2 * place + 1])]
        for place, target in enumerate(targets)
    ]


def attack(case: dict) -> list[list[float]]:
    """The range of every hidden figure of one case, in order."""
    sizes = case["sizes"]
    figures = case["shown"] + case["hidden"]
    rules = [{question: category for question, category in rule} for rule in case["impossible"]]
    groups = [{question for question, _ in figure["answers"]} for figure in figures] + [set(rule) for rule in rules]
    answer: list[list[float] | None] = [None] * len(case["hidden"])
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
        rows = {place: tuple(row(case["hidden"][place])) for place in places}
        distinct = list(dict.fromkeys(rows.values()))
        found = dict(
            zip(distinct, ranges(equations, np.array([*sizes, *known.values()], float), [np.array(one) for one in distinct]))
        )
        for place in places:
            answer[place] = found[rows[place]]
    return answer


def program(case: dict) -> list[list[float]]:
    variables = len(case["table"])

    def vector(members: list[int]) -> np.ndarray:
        return np.bincount(members, minlength=variables).astype(float)

    equations = np.array([vector(one["plus"]) - vector(one["minus"]) for one in case["equations"]]).reshape(-1, variables)
    return ranges(equations, equations @ np.array(case["table"], float), [vector(one) for one in case["targets"]])


def main() -> None:
    asked = json.load(sys.stdin)
    json.dump(
        {
            "attacks": [attack(one) for one in asked["attacks"]],
            "programs": [program(one) for one in asked["programs"]],
        },
        sys.stdout,
    )


main()
