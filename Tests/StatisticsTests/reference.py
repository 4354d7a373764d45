"""What scipy, statsmodels and pingouin make of the tables that the Swift tests send; JSON in, JSON out."""

import json
import sys
import warnings

import numpy as np
import pandas as pd
import pingouin
from scipy import stats
from scipy.stats import contingency
from statsmodels.stats.contingency_tables import Table, mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

warnings.simplefilter("ignore")


def table(counts: list[list[int]]) -> dict:
    observed = np.array(counts)
    pearson = stats.chi2_contingency(observed, correction=False)
    answer = {
        "statistic": pearson.statistic,
        "degrees_of_freedom": pearson.dof,
        "p": pearson.pvalue,
        "v": contingency.association(observed, method="cramer"),
        "expected": pearson.expected_freq.tolist(),
        "residuals": Table(observed, shift_zeros=False).standardized_resids.tolist(),
    }
    if observed.shape == (2, 2):
        yates = stats.chi2_contingency(observed, correction=True)
        answer |= {
            "yates_statistic": yates.statistic,
            "yates_p": yates.pvalue,
            "fisher_p": stats.fisher_exact(observed).pvalue,
        }
    return answer


def change(gained: int, lost: int) -> float:
    return mcnemar([[0, gained], [lost, 0]], exact=True).pvalue


def ranks(differences: list[float]) -> dict:
    moved = [difference for difference in differences if difference]
    is_exact = len(moved) == len(differences) <= 50 and len({abs(one) for one in moved}) == len(moved)
    found = stats.wilcoxon(differences, zero_method="wilcox", correction=False, method="exact" if is_exact else "approx")
    return {"statistic": found.statistic, "p": found.pvalue}


def kappa(counts: list[list[int]]) -> dict:
    found = cohens_kappa(np.array(counts))
    return {"kappa": found.kappa, "error": found.std_kappa}


def alpha(answers: list[list[float | None]]) -> dict:
    frame = pd.DataFrame(answers, dtype=float)
    return {policy: pingouin.cronbach_alpha(frame, nan_policy=policy)[0] for policy in ("listwise", "pairwise")}


def main() -> None:
    asked = json.load(sys.stdin)
    json.dump(
        {
            "tables": [table(one) for one in asked["tables"]],
            "changes": [change(*one) for one in asked["changes"]],
            "ranks": [ranks(one) for one in asked["ranks"]],
            "kappas": [kappa(one) for one in asked["kappas"]],
            "alphas": [alpha(one) for one in asked["alphas"]],
            "intervals": [proportion_confint(*one, method="wilson") for one in asked["proportions"]],
            "holm": [multipletests(one, method="holm")[1].tolist() for one in asked["p_values"]],
            "tails": [stats.chi2.sf(value, df) for value, df in asked["tails"]],
        },
        sys.stdout,
    )


main()
