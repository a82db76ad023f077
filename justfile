# decalque: `just pipeline` runs the main job on the seeds, `just test` passes every test.

python := ".venv/bin/python"

# List what can be done
default:
    @just --list

# Read the five documents in seeds/ and write the tables, repaired, to output/
pipeline:
    cargo pipeline

# Every test: Rust, then Python over the written tables
test: test-rust test-python

# Rust tests, examples in the documentation included
test-rust:
    cargo test --workspace --locked

# Python tests: the tables in DuckDB, Polars, pandas and pyarrow
test-python: venv
    cargo build --release --locked --package decalque
    {{python}} -m pytest -q tests/python

# The Python environment of the tests, made once
venv:
    test -x {{python}} || python3 -m venv .venv
    {{python}} -m pip install --quiet --disable-pip-version-check -r tests/python/requirements.txt

# Criterion benchmarks of every stage, in bytes per second
bench *ARGS:
    cargo bench --locked --package decalque-benches -- {{ARGS}}

# Each benchmark once, to see that it runs
bench-short:
    cargo bench --locked --package decalque-benches -- --test

# Formatting, clippy without a warning, documentation without a broken link, licences of dependencies if cargo-deny is there
lint: doc
    cargo fmt --all --check
    cargo clippy --workspace --all-targets --locked -- -D warnings
    if command -v cargo-deny >/dev/null; then cargo deny check licenses bans sources; fi

# The catalogue of repair rules
rules *ARGS:
    @cargo run --quiet --release --package decalque -- rules {{ARGS}}

# API documentation
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --quiet

# Fuzz a target for a minute: words, sentences, quotes, readers, pipeline (needs a nightly toolchain and cargo-fuzz)
fuzz TARGET="pipeline" SECONDS="60":
    cargo +nightly fuzz run {{TARGET}} -- -max_total_time={{SECONDS}}

# What the fuzz targets check, over as many made texts as take about a minute; needs no nightly toolchain
fuzz-short CASES="40000":
    PROPTEST_CASES={{CASES}} cargo test --release --locked --package decalque-laws
