//! Where and when a document was published: what its words are compared by, and its lines counted by.

use decalque_evidence::Evidence;
use decalque_text::Metadata;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Source and month of a document, where they are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Origin {
    /// The agency, else the host of the address, else the top folder or the container.
    pub(crate) source: Option<String>,
    /// Months since the year 0.
    pub(crate) month: Option<i32>,
}

impl Origin {
    /// The origin of a document by its fields and its id.
    pub(crate) fn of(doc_id: &str, fields: &Metadata) -> Self {
        let agency = fields.agency.as_deref().map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned);
        let source = agency.or_else(|| fields.url.as_deref().and_then(host)).or_else(|| folder(doc_id));
        Self { source, month: fields.published.and_then(month) }
    }
}

/// `tass.com` of `https://www.tass.com/politics/1`; an address without a scheme counts, a path alone does not.
fn host(url: &str) -> Option<String> {
    let rest = url.trim().split_once("://").map_or(url.trim(), |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let name = authority.rsplit('@').next().unwrap_or(authority);
    let name = name.split(':').next().unwrap_or(name).trim_end_matches('.').to_lowercase();
    let name = name.strip_prefix("www.").unwrap_or(&name);
    (name.contains('.') && !name.contains(char::is_whitespace)).then(|| name.to_owned())
}

/// The top folder of an id, else the container of a record; a file by itself has none.
fn folder(doc_id: &str) -> Option<String> {
    let path = doc_id.split('#').next().unwrap_or(doc_id);
    let top = path.split_once('/').map(|(top, _)| top);
    top.or_else(|| (path.len() < doc_id.len()).then_some(path)).filter(|s| !s.is_empty()).map(str::to_owned)
}

fn month(millis: i64) -> Option<i32> {
    let date = Timestamp::from_millisecond(millis).ok()?.to_zoned(TimeZone::UTC).date();
    Some(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
}

/// `2016-02`
fn month_name(month: i32) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// Sources, and months, that are compared. Every word may hold a count for each of them: their number bounds memory.
const COMPARED: usize = 150;

/// The sources and months whose words are compared with the rest of the corpus: the [`COMPARED`] with the most documents
/// (of equals, the first by name, or the earlier). Each has a number; months come after sources.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    names: Vec<String>,
    sources: BTreeMap<String, u16>,
    months: BTreeMap<i32, u16>,
}

impl Groups {
    pub(crate) fn new(evidence: &Evidence) -> Self {
        Self::of_counts(evidence.sources(), evidence.months())
    }

    /// Of the documents by source and by month.
    pub(crate) fn of_counts(sources: &BTreeMap<String, u32>, months: &BTreeMap<i32, u32>) -> Self {
        let (mut out, sources, months) = (Self::default(), most(sources), most(months));
        for source in sources {
            let number = out.push(source.clone());
            out.sources.insert(source, number);
        }
        for month in months {
            let number = out.push(month_name(month));
            out.months.insert(month, number);
        }
        out
    }

    fn push(&mut self, name: String) -> u16 {
        self.names.push(name);
        (self.names.len() - 1) as u16
    }

    /// The numbers of the groups a document belongs to.
    pub(crate) fn of(&self, origin: &Origin) -> [Option<u16>; 2] {
        let source = origin.source.as_ref().and_then(|s| self.sources.get(s));
        [source.copied(), origin.month.and_then(|m| self.months.get(&m).copied())]
    }

    /// The name of a group: a source, or a month as `2016-02`.
    pub(crate) fn name(&self, group: u16) -> &str {
        self.names.get(usize::from(group)).map_or("", String::as_str)
    }

    pub(crate) fn is_month(&self, group: u16) -> bool {
        usize::from(group) >= self.sources.len()
    }
}

/// The keys with the highest counts, in their own order.
fn most<K: Clone + Ord>(counts: &BTreeMap<K, u32>) -> Vec<K> {
    let mut all: Vec<(&K, u32)> = counts.iter().map(|(k, &n)| (k, n)).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    all.truncate(COMPARED);
    let mut keys: Vec<K> = all.into_iter().map(|(k, _)| k.clone()).collect();
    keys.sort();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use decalque_evidence::{Facts, Gathered};

    #[test]
    fn the_agency_comes_before_the_host_and_the_folder() {
        let check = |doc_id: &str, agency: &str, url: &str, want: Option<&str>| {
            let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
            let fields = Metadata { agency: some(agency), url: some(url), ..Metadata::default() };
            assert_eq!(Origin::of(doc_id, &fields).source.as_deref(), want, "{doc_id} {agency} {url}");
        };
        check("rt/1.txt", "TASS", "https://rt.com/news/1", Some("TASS"));
        check("rt/1.txt", " ", "https://www.RT.com:443/news/1?a@b.c", Some("rt.com"));
        check("rt/1.txt", "", "//anna@news.example.org#x", Some("rt"));
        check("rt/1.txt", "", "http://anna@news.example.org.#x", Some("news.example.org"));
        check("rt/1.txt", "", "example.org/a", Some("example.org"));
        check("rt/1.txt", "", "/news/1", Some("rt"));
        check("rt/2016/1.txt", "", "", Some("rt"));
        check("rt/dump.jsonl#a/b", "", "", Some("rt"));
        check("dump.jsonl#a/b", "", "", Some("dump.jsonl"));
        check("1.txt", "", "", None);
        check("", "", "", None);
    }

    #[test]
    fn months_are_those_of_the_publishers_clock() {
        let name = |millis: i64| month(millis).map(month_name);
        assert_eq!(name(1_456_396_020_000).as_deref(), Some("2016-02"));
        assert_eq!(name(-1).as_deref(), Some("1969-12"));
        assert_eq!(name(i64::MAX), None);
    }

    #[test]
    fn the_largest_groups_are_compared_and_ties_go_by_name() {
        let mut all = Gathered::default();
        for i in 0..COMPARED + 2 {
            let n = if i == COMPARED + 1 { 2 } else { 1 };
            (0..n).for_each(|_| all.add_origin(Some(&format!("s{i:04}")), Some(i as i32), &Facts::default()));
        }
        let groups = Groups::new(&all.freeze());
        let of = |i: usize| groups.of(&Origin { source: Some(format!("s{i:04}")), month: Some(i as i32) });
        assert_eq!(of(0), [Some(0), Some(COMPARED as u16)]);
        assert_eq!((of(COMPARED - 1), of(COMPARED)), ([None, None], [None, None]));
        let [source, month] = of(COMPARED + 1).map(Option::unwrap_or_default);
        assert_eq!((groups.name(source), groups.name(month)), ("s0151", "0012-08"));
        assert!(!groups.is_month(source) && groups.is_month(month));
    }
}
