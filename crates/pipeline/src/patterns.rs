//! Which files are read: `--include` and `--exclude`.

use crate::Error;
use crate::config::Config;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Patterns over paths below the input roots, those of archive members among them.
///
/// A pattern without `/` is tried on every part of a path, one with `/` on the path from its beginning; what it matches
/// takes along what is below. `*` does not go across `/`, `**` does.
#[derive(Debug, Clone)]
pub(crate) struct Patterns {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

impl Patterns {
    pub(crate) fn new(config: &Config) -> Result<Self, Error> {
        let include = (!config.include.is_empty()).then(|| set("include", &config.include));
        Ok(Self { include: include.transpose()?, exclude: set("exclude", &config.exclude)? })
    }

    /// Whether a file is read, or a folder gone into. Archives and compressed files are opened whatever `include` says:
    /// it is asked again for what is in them.
    pub(crate) fn wants(&self, path: &str, is_folder: bool) -> bool {
        if matches(&self.exclude, path) {
            return false;
        }
        let Some(include) = &self.include else { return true };
        is_folder || is_container(path) || matches(include, path) || matches(include, without_packing(path))
    }

    /// Whether a file in an archive is read; hidden ones are not.
    pub(crate) fn wants_member(&self, archive: &str, member: &str) -> bool {
        let is_hidden = member.split('/').any(|part| part.starts_with('.'));
        !is_hidden && self.wants(&format!("{archive}/{member}"), false)
    }
}

fn set(name: &str, patterns: &[String]) -> Result<GlobSet, Error> {
    let wrong = |e: globset::Error| Error::Setting(format!("{name}: {e}; see --help for patterns"));
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let pattern = pattern.trim_end_matches('/');
        let anchored = if pattern.contains('/') { pattern.trim_start_matches('/') } else { pattern };
        let whole = if pattern.contains('/') { anchored.to_owned() } else { format!("**/{anchored}") };
        set.add(GlobBuilder::new(&whole).literal_separator(true).build().map_err(wrong)?);
    }
    set.build().map_err(wrong)
}

/// The path itself, or a folder above it.
fn matches(set: &GlobSet, path: &str) -> bool {
    if set.is_empty() {
        return false;
    }
    let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
    set.is_match(path) || folders.into_iter().any(|folder| set.is_match(folder))
}

fn ending(path: &str) -> String {
    path.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default()
}

fn is_container(path: &str) -> bool {
    let inner = ending(without_packing(path));
    matches!(inner.as_str(), "zip" | "tar" | "tgz" | "tzst")
}

fn without_packing(path: &str) -> &str {
    match ending(path).as_str() {
        "gz" | "zst" | "zstd" => path.rsplit_once('.').map_or(path, |(stem, _)| stem),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(include: &[&str], exclude: &[&str]) -> Patterns {
        let own = |list: &[&str]| list.iter().map(|&s| s.to_owned()).collect();
        let config = Config { include: own(include), exclude: own(exclude), ..Config::default() };
        Patterns::new(&config).unwrap()
    }

    #[test]
    fn paths_are_wanted_or_not() {
        for (include, exclude, path, want) in [
            (&[][..], &[][..], "a/b.txt", true),
            (&["*.txt"], &[], "a/b.txt", true),
            (&["*.txt"], &[], "a/b.html", false),
            (&["*.txt"], &[], "a/b.zip", true),
            (&["*.txt"], &[], "a/b.zip/c.html", false),
            (&["*.jsonl"], &[], "a.jsonl.gz", true),
            (&["2016/*.txt"], &[], "2016/a.txt", true),
            (&["2016/*.txt"], &[], "2016/01/a.txt", false),
            (&["2016/**/*.txt"], &[], "2016/01/a.txt", true),
            (&[], &["drafts"], "a/drafts/b.txt", false),
            (&[], &["drafts/"], "drafts/b.txt", false),
            (&[], &["/drafts"], "a/drafts/b.txt", true),
            (&["*.txt"], &["b*"], "a/b.txt", false),
        ] {
            assert_eq!(patterns(include, exclude).wants(path, false), want, "{include:?} {exclude:?} {path}");
        }
        assert!(!patterns(&[], &[]).wants_member("a.zip", "__MACOSX/._b.txt"));
    }

    #[test]
    fn a_bad_pattern_is_refused() {
        let config = Config { exclude: vec!["a[".to_owned()], ..Config::default() };
        assert!(Patterns::new(&config).unwrap_err().to_string().starts_with("exclude: "));
    }
}
