"""Learn the weights of documents.mt_score.

    decalque run TRAIN.jsonl --out TABLES --tables documents,sources
    python3 tools/train_mt_score.py TRAIN.jsonl TABLES/documents.parquet > crates/normalize/src/weights.rs

Every line of TRAIN.jsonl is an object with id, text, label (1: machine translation, 0: written or translated by a
person) and group (documents of one article share a group: they are never split between training and testing). The
weights in the tree were learned from the system outputs and reference translations of the WMT news tasks 2015, 2021
and 2022 (Russian to English), with English news and web texts as further human documents.

Needs numpy and pyarrow. Prints the Rust file; figures of a 5-fold test go to standard error.
"""
import json, re, sys
import numpy as np
import pyarrow.parquet as pq

RIDGE = 4.0


def names():
    """The features in the order of the Rust source."""
    code = open("crates/normalize/src/score.rs", encoding="utf8").read()
    lists = [re.search(name + r"[^=]*=\s*&?\[(.*?)\];", code, re.S)[1] for name in ("PLACES", "const WORDS")]
    kinds = re.findall(r"Kind::(\w+)", re.search(r"const KINDS.*?\];", code, re.S)[0])
    kinds = [re.sub(r"(?<!^)(?=[A-Z])", "_", k).lower() for k in kinds]
    return [n for part in lists for n in re.findall(r'"([^"]*)"', part)] + kinds


# Marks of machines: whatever the data say, they never speak for a person.
TELLS = {"detached_quote", "quote_comma", "spaced_hyphen", "half_capital", "lonely_capital", "latin_residue", "cyrillic",
         "year_noun", "double_stop", "casing", "typography", "letter_calque"}
# Those that the data hold too few of: a firm weight that the authors set (an estimate).
FIXED = {"cyrillic": 0.8, "latin_residue": 0.9, "letter_calque": 0.8, "typography": 0.4, "casing": 0.6}


def fit(x, y, w, order):
    """The fit, without the tells that would come out negative, beside the fixed weights."""
    fixed = np.array([FIXED.get(n, 0.0) for n in order])
    use = np.array([n not in FIXED for n in order])
    while True:
        b = newton(x[:, use], y, w, x @ fixed)
        full = fixed.copy()
        full[use] = b[:-1]
        bad = np.array([n in TELLS for n in order]) & (full < 0)
        if not bad.any():
            return np.append(full, b[-1])
        use &= ~bad


def newton(x, y, w, offset, steps=60):
    """Logistic regression with a ridge, by Newton's method; the bias (last column) is free."""
    x = np.hstack([x, np.ones((len(x), 1))])
    ridge = np.full(x.shape[1], RIDGE)
    ridge[-1] = 1e-6
    b = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ b + offset, -30, 30)))
        h = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(h, x.T @ (w * (y - p)) - ridge * b)
        b += step
        if np.abs(step).max() < 1e-9:
            break
    return b


def auc(score, y):
    order = np.argsort(np.argsort(score, kind="stable"), kind="stable") + 1
    n1 = y.sum()
    return (order[y == 1].sum() - n1 * (n1 + 1) / 2) / (n1 * (len(y) - n1))


def main():
    rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf8")]
    feats = dict(zip(*[pq.read_table(sys.argv[2]).column(c).to_pylist() for c in ("doc_id", "mt_features")]))
    feats = {k.split("#", 1)[-1]: json.loads(v) for k, v in feats.items()}
    rows = [r for r in rows if r["id"] in feats]
    order = names()
    x = np.array([[np.log1p(feats[r["id"]].get(n, 0.0)) for n in order] for r in rows])
    y = np.array([r["label"] for r in rows], float)
    groups = sorted({r["group"] for r in rows})
    fold = {g: i % 5 for i, g in enumerate(groups)}
    f = np.array([fold[r["group"]] for r in rows])
    w = np.where(y == 1, len(y) / (2 * y.sum()), len(y) / (2 * (len(y) - y.sum())))
    out = np.zeros(len(y))
    for k in range(5):
        b = fit(x[f != k], y[f != k], w[f != k], order)
        out[f == k] = x[f == k] @ b[:-1] + b[-1]
    p = 1 / (1 + np.exp(-out))
    print(f"{len(y)} documents, 5-fold AUC {auc(out, y):.3f}", file=sys.stderr)
    for t in (0.5, 0.7, 0.8, 0.9, 0.95):
        print(f"  at {t}: machine {np.mean(p[y == 1] >= t):.3f}, human {np.mean(p[y == 0] >= t):.4f}", file=sys.stderr)
    b = fit(x, y, w, order)
    print("//! Written by `tools/train_mt_score.py`; do not edit.\n\nuse crate::score::N;\n")
    print(f"/// The log-odds of a document without any feature.\npub(crate) const BIAS: f64 = {b[-1]:.4f};\n")
    print("/// What ln(1 + rate) of each feature adds, in the order of `score`.\n#[rustfmt::skip]")
    print("pub(crate) const WEIGHTS: [f64; N] = [")
    for n, v in zip(order, b):
        print(f"    {v:.4f}, // {n}")
    print("];")


if __name__ == "__main__":
    main()
