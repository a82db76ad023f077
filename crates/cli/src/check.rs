//! `decalque check`: whether a folder is what a run wrote.

use crate::args::CheckArgs;
use crate::number::{count, counted};
use crate::terminal::{self, AFTER, BEFORE, FAINT, plain, styled, wrap};
use crate::{FAILED, Outcome};
use decalque_pipeline::{Report, check};

pub(crate) fn execute(args: &CheckArgs) -> Outcome {
    let report = check(&args.tables)?;
    terminal::print(&text(&report, &args.tables.display().to_string()))?;
    Ok(if report.is_whole() { 0 } else { FAILED })
}

fn text(report: &Report, folder: &str) -> String {
    let folder = plain(folder);
    let mut lines = vec![match report.counts.values().sum() {
        0 => format!("{}: {}", folder, styled(AFTER, "all is well")),
        n => format!("{}: {}", folder, styled(BEFORE, &counted(n, "problem"))),
    }];
    for (place, problems) in &report.counts {
        lines.push(format!("  {}", styled(BEFORE, &plain(place))));
        let told: Vec<&String> =
            report.problems.iter().filter(|(p, _)| p == place).map(|(_, sentence)| sentence).collect();
        lines.extend(told.iter().map(|sentence| wrap("    - ", &plain(sentence))));
        if let Some(more) = problems.checked_sub(told.len() as u64).filter(|&n| n > 0) {
            lines.push(format!("    - and {} more", count(more)));
        }
    }
    let table = |(name, rows): &(&str, u64)| {
        format!("  {:20}{:>18}", format!("{name}.parquet"), counted(*rows, "row"))
    };
    lines.extend(report.tables.iter().map(table));
    lines.push(format!("  {} compared with the texts", counted(report.positions, "position")));
    lines.extend(report.skipped.iter().map(|s| wrap(&format!("  {} ", styled(FAINT, "not checked:")), s)));
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_can_read_it() {
        let mut report = Report::default();
        report.tables = vec![("sources", 1200), ("tokens", 1)];
        report.positions = 1234;
        let shown = |report: &Report| anstream::adapter::strip_str(&text(report, "out")).to_string();
        let want = "\
out: all is well
  sources.parquet              1,200 rows
  tokens.parquet                    1 row
  1,234 positions compared with the texts
";
        assert_eq!(shown(&report), want);
        report.counts = [("tokens.parquet".to_owned(), 7)].into();
        report.problems = vec![("tokens.parquet".to_owned(), "it is missing".to_owned())];
        let want = "out: 7 problems\n  tokens.parquet\n    - it is missing\n    - and 6 more\n";
        assert!(shown(&report).starts_with(want), "{}", shown(&report));
    }
}
