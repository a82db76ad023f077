"""How often repairs of a confidence are right: the table of reliability in ARCHITECTURE.md.

    decalque run DOCS --out TABLES
    python3 tools/reliability.py TABLES/corrections.parquet GOLD.jsonl DOCS

GOLD.jsonl marks spans of the documents in DOCS (one .txt each): doc, start and end (bytes), wrong, right, type. A repair
that touches a marked span counts as right when the right words then stand there (case and marks count only for
casing and typography), else as wrong. One that touches none is not scored: not every kind is marked everywhere.
"""
import collections, json, pathlib, re, sys, unicodedata
import pyarrow.parquet as pq

STEPS = [0.4, 0.6, 0.8, 0.9, 0.95, 0.97, 1.01]


def words(text, kind):
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    if kind != "casing":
        text = text.casefold()
    return [w for w in re.sub(r"[^\w\s]", " ", text).split() if w.lower() not in ("the", "a", "an")]


def marks(text):
    return re.sub(r"\s+", " ", text.translate(str.maketrans("“”„«»‘’—–", "\"\"\"\"\"''--")).strip())


def is_right(text, gold, edit):
    lo, hi = min(gold["s"], edit[0]), max(gold["e"], edit[1])
    now = text[lo:edit[0]] + edit[2] + text[edit[1]:hi]
    want = text[lo:gold["s"]] + gold["right"] + text[gold["e"]:hi]
    if gold["type"] == "typography":
        return marks(now) == marks(want)
    now, want = words(now, gold["type"]), words(want, gold["type"])
    last = words(gold["right"], gold["type"])[-1:]
    return now == want or bool(last) and last[0] in now and last[0] not in words(text[lo:hi], gold["type"])


def main():
    texts, gold = {}, collections.defaultdict(list)
    for line in open(sys.argv[2], encoding="utf8"):
        g = json.loads(line)
        path = pathlib.Path(sys.argv[3]) / f"{g['doc']}.txt"
        raw = path.read_bytes()
        texts[g["doc"]] = raw.decode()
        g["s"], g["e"] = len(raw[: g["start"]].decode()), len(raw[: g["end"]].decode())
        gold[g["doc"]].append(g)
    table = collections.defaultdict(collections.Counter)
    columns = ["doc_id", "kind", "status", "confidence", "raw_start", "raw_end", "after"]
    for r in pq.read_table(sys.argv[1], columns=columns).to_pylist():
        doc = pathlib.PurePosixPath(r["doc_id"]).stem
        if r["status"] not in ("applied", "suggested") or doc not in texts:
            continue
        touched = [g for g in gold[doc] if g["s"] < r["raw_end"] and g["e"] > r["raw_start"]]
        edit = (r["raw_start"], r["raw_end"], r["after"])
        verdict = "unscored" if not touched else "right" if any(is_right(texts[doc], g, edit) for g in touched) else "wrong"
        step = max(s for s in [0.0] + STEPS if s <= r["confidence"])
        table[step][verdict] += 1
    print("| confidence | right | wrong | share right | not scored |\n|---|---|---|---|---|")
    for i, step in enumerate([0.0] + STEPS[:-1]):
        c, end = table[step], ([0.0] + STEPS)[i + 1]
        scored = c["right"] + c["wrong"]
        share = f"{c['right'] / scored:.2f}" if scored else "–"
        print(f"| {step:.2f}–{min(end, 1):.2f} | {c['right']} | {c['wrong']} | {share} | {c['unscored']} |")


if __name__ == "__main__":
    main()
