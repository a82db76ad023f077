//! What the crates must not depend on.

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};

/// Workspace crate → crates it is built from, tests left out for Arrow (they read tables) but not between stages.
fn dependencies(with_tests: bool) -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new().no_deps().exec().unwrap();
    let wanted = |kind| with_tests || kind == DependencyKind::Normal;
    let names = |p: &cargo_metadata::Package| {
        p.dependencies.iter().filter(|d| wanted(d.kind)).map(|d| d.name.clone()).collect()
    };
    metadata.packages.iter().map(|p| (p.name.to_string(), names(p))).collect()
}

#[test]
fn stages_do_not_know_each_other() {
    let all = dependencies(true);
    let stages =
        ["decalque-tokenize", "decalque-normalize", "decalque-keyword", "decalque-mention", "decalque-quote"];
    for stage in stages {
        let others = stages.iter().filter(|o| **o != stage);
        let known: Vec<_> = others.filter(|o| all[stage].contains(**o)).collect();
        assert!(known.is_empty(), "{stage} depends on {known:?}");
    }
}

#[test]
fn only_export_pipeline_and_python_may_know_arrow() {
    let may = ["decalque-export", "decalque-pipeline", "decalque-python"];
    for (name, dependencies) in dependencies(false) {
        let knows = dependencies.iter().any(|d| d == "arrow" || d == "parquet" || d.starts_with("arrow-"));
        assert!(!knows || may.contains(&name.as_str()), "{name} depends on arrow");
    }
}

#[test]
fn plain_types_depend_on_no_other_crate_of_ours() {
    let all = dependencies(true);
    assert!(all["decalque-text"].iter().all(|d| !d.starts_with("decalque")));
    for (name, dependencies) in &all {
        let calls_stages =
            dependencies.contains("decalque-normalize") || dependencies.contains("decalque-tokenize");
        assert!(
            !calls_stages
                || matches!(name.as_str(), "decalque-pipeline" | "decalque-benches" | "decalque-laws"),
            "{name} calls a stage"
        );
    }
}
