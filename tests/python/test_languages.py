"""The language of a sentence is the document's but where the script says otherwise, and stems follow it."""

import pytest

from conftest import rows, run

ENGLISH = "The minister said on Friday that the talks in Geneva would go on until the end of the week. He left early."
RUSSIAN = "Министр заявил в пятницу, что переговоры в Женеве продлятся до конца недели."
UKRAINIAN = "Міністр заявив у п'ятницю, що переговори в Женеві триватимуть до кінця тижня, і поїхав."


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    source = tmp_path_factory.mktemp("source")
    # A repair in the first paragraph makes the later ones be cut anew.
    (source / "mixed.txt").write_text(f"{ENGLISH}.\n\n{RUSSIAN}\n\n{UKRAINIAN}\n\n{ENGLISH} {ENGLISH}", encoding="utf8")
    (source / "plain.txt").write_text(ENGLISH, encoding="utf8")
    return run(source, tmp_path_factory.mktemp("tables"))


def test_sentences_have_their_own_language(mixed):
    got = [(s["doc_id"], s["lang"]) for s in rows(mixed, "sentences")]
    want = ["en", "en", "ru", "uk", "en", "en", "en", "en"]
    assert got == [("mixed.txt", lang) for lang in want] + [("plain.txt", "en")] * 2


def test_stems_follow_the_sentence(mixed):
    stems = {t["text"]: t["stem"] for t in rows(mixed, "tokens")}
    assert (stems["talks"], stems["переговоры"], stems["переговори"]) == ("talk", "переговор", "переговори")
