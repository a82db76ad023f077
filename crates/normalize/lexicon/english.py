#!/usr/bin/env python3
"""Write english.txt: English words, to tell them from transliterated Russian.

    apt-get update && apt-get install wamerican wbritish
    python3 english.py

Union of the American and British SCOWL lists (size 60), without possessives in 's and
without words that only stand capitalised; inflected forms stay. If the result were over
the size limit, install wamerican-small and wbritish-small and name those lists instead:

    python3 english.py /usr/share/dict/american-english-small /usr/share/dict/british-english-small
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
LISTS = ["/usr/share/dict/american-english", "/usr/share/dict/british-english"]
LIMIT = 950_000


def main():
    words = set()
    for path in sys.argv[1:] or LISTS:
        for word in pathlib.Path(path).read_text("utf-8").split():
            if word == word.lower() and not word.endswith("'s"):
                words.add(word)
    text = "\n".join(sorted(words)) + "\n"
    size = len(text.encode("utf-8"))
    if size >= LIMIT:
        sys.exit(f"{size} bytes, over the limit of {LIMIT}: take a smaller list")
    (HERE / "english.txt").write_text(text, encoding="utf-8", newline="\n")
    print(f"english.txt: {len(words)} words, {size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
