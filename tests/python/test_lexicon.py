"""The lexicon's own check: form, order, case, and that every form is a homograph."""

import subprocess
import sys

from conftest import ROOT


def test_the_lexicon_passes_its_check():
    got = subprocess.run([sys.executable, ROOT / "crates/normalize/lexicon/check.py"], capture_output=True, text=True)
    assert got.returncode == 0, got.stdout + got.stderr
