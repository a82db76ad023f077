//! `decalque explain`: what was repaired in a document, and why; its keywords, who is named and who said what.

use crate::args::ExplainArgs;
use crate::number::{count, counted};
use crate::terminal::{self, AFTER, BEFORE, FAINT, NOTICE, STRONG, plain, styled, wrap};
use crate::{Failure, Outcome, run};
use anstyle::Style;
use decalque_pipeline::{Correction, EntityKind, Explained, Quote, Span, Speech, Status};
use std::collections::BTreeMap;

/// Characters of the line shown on each side of a repair.
const AROUND: usize = 40;
/// Characters shown of what stood there, and of what stands there now.
const LONGEST: usize = 200;
/// Keywords shown of a document.
const KEYWORDS: usize = 10;
/// People, and organisations, shown.
const NAMED: usize = 10;
/// Characters shown of a quote.
const QUOTED: usize = 120;
/// Columns before the text of a repair.
const MARGIN: &str = "         ";

pub(crate) fn execute(args: &ExplainArgs) -> Outcome {
    let config = args.settings.config()?;
    config.check()?;
    let documents = decalque_pipeline::explain(&run::open(&args.inputs, &config)?, &config)?;
    let documents = chosen(documents, &args.doc)?;
    for document in &documents {
        terminal::print(&text(document))?;
    }
    terminal::print(&total(&documents))?;
    let is_rejected = documents.iter().any(|d| !d.source.is_ok);
    Ok(if is_rejected { 2 } else { 0 })
}

/// The documents of the ids asked for; all when none was.
fn chosen(mut documents: Vec<Explained>, ids: &[String]) -> Result<Vec<Explained>, Failure> {
    if let Some(unknown) = ids.iter().find(|id| !documents.iter().any(|d| d.source.doc_id == **id)) {
        let some: Vec<&str> = documents.iter().take(5).map(|d| d.source.doc_id.as_str()).collect();
        let more = if documents.len() > some.len() { ", …" } else { "" };
        return Err(
            format!("no document has the id {unknown:?}; the ids are {}{more}", some.join(", ")).into()
        );
    }
    documents.retain(|d| ids.is_empty() || ids.contains(&d.source.doc_id));
    Ok(documents)
}

fn text(document: &Explained) -> String {
    let mut lines = header(document);
    if document.source.is_ok {
        let breaks = line_starts(&document.source.raw_text);
        let raw = &document.source.raw_text;
        lines.extend(document.corrections.iter().map(|(span, c)| repair(raw, &breaks, *span, c)));
    }
    if document.source.is_ok && document.corrections.is_empty() {
        lines.push("  Nothing to repair was found.".to_owned());
    }
    lines.extend(quotes(document));
    lines.join("\n") + "\n\n"
}

/// Who said what, a line each.
fn quotes(document: &Explained) -> Vec<String> {
    let line = |q: &Quote| quote(&document.clean, q);
    let lines: Vec<String> = document.quotes.iter().map(line).collect();
    if lines.is_empty() { lines } else { [vec![format!("\n  {}", styled(STRONG, "Quotes"))], lines].concat() }
}

/// `Dmitry Peskov (he, said): “We agree.”`; indirect speech stands without marks.
fn quote(clean: &str, quote: &Quote) -> String {
    let text = |span: Span| short(span.text(clean), QUOTED);
    let stands = quote.speaker_at.map(text);
    let name = quote.speaker.as_deref().map(plain).or_else(|| stands.clone());
    let said = quote
        .speaker_at
        .filter(|_| stands != name)
        .into_iter()
        .chain(quote.cue)
        .map(text)
        .collect::<Vec<_>>();
    let said =
        if said.is_empty() { String::new() } else { styled(FAINT, &format!(" ({})", said.join(", "))) };
    let (open, close) = if quote.speech == Speech::Direct { ("“", "”") } else { ("", "") };
    let name = name.unwrap_or_else(|| styled(FAINT, "nobody named"));
    let first = format!("  {}", "  ".repeat(quote.level.min(4) as usize));
    wrap(&first, &format!("{name}{said}: {open}{}{close}", text(quote.span)))
}

fn header(document: &Explained) -> Vec<String> {
    let reason = document.source.reason.as_deref().map(plain);
    let mut lines = vec![styled(STRONG, &plain(&document.source.doc_id))];
    if !document.source.is_ok {
        let why = wrap("  ", &format!("rejected: {}", reason.unwrap_or_default()));
        return [lines, vec![styled(NOTICE, &why)]].concat();
    }
    lines.push(format!("  language {}, mt_score {:.2}", document.lang, document.mt_score));
    let keywords: Vec<String> = document.keywords.iter().take(KEYWORDS).map(|k| plain(k)).collect();
    if !keywords.is_empty() {
        lines.push(wrap("  keywords ", &keywords.join(", ")));
    }
    for (label, kind) in [("  people ", EntityKind::Person), ("  organisations ", EntityKind::Organisation)] {
        let named = named(document, kind);
        if !named.is_empty() {
            lines.push(wrap(label, &named.join(", ")));
        }
    }
    lines.extend(reason.map(|note| wrap("  note: ", &note)));
    lines
}

/// Who is named, most often first, each with the number of mentions.
fn named(document: &Explained, kind: EntityKind) -> Vec<String> {
    let mut counts: BTreeMap<&str, (&str, u64)> = BTreeMap::new();
    for mention in document.mentions.iter().filter(|m| m.kind == kind) {
        let entry = counts.entry(&mention.entity_id).or_insert((&mention.name, 0));
        // The fullest name is the one to show.
        entry.0 = if mention.name.len() > entry.0.len() { &mention.name } else { entry.0 };
        entry.1 += 1;
    }
    let mut all: Vec<(&str, u64)> = counts.into_values().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    all.into_iter().take(NAMED).map(|(name, n)| format!("{} ({n})", short(name, LONGEST))).collect()
}

/// Where each line of a text begins.
fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn repair(raw: &str, starts: &[usize], span: Span, correction: &Correction) -> String {
    let line = starts.partition_point(|&start| start <= span.start as usize);
    let is_refused = correction.status == Status::Refused;
    let (before, after) = if is_refused { (FAINT, FAINT) } else { (BEFORE, AFTER) };
    let change = change(span.text(raw), &correction.edit.replacement, before, after);
    let (left, right) = (left_of(raw, span), right_of(raw, span));
    let place = format!("{} {left}{change}{right}", styled(FAINT, &format!("{:>6} │", count(line as u64))));
    let why = wrap(MARGIN, &plain(&correction.edit.evidence));
    let why = if is_refused { styled(FAINT, &why) } else { why };
    format!("\n{place}\n{MARGIN}{}\n{why}", verdict(correction))
}

/// `[before → after]`; the brackets tell where it begins and ends when there are no colours.
fn change(before: &str, after: &str, red: Style, green: Style) -> String {
    let after = if after.is_empty() { "?".to_owned() } else { short(after, LONGEST) };
    let bracket = |text: &str| styled(FAINT, text);
    let (before, after) = (styled(red, &short(before, LONGEST)), styled(green, &after));
    format!("{}{before}{}{after}{}", bracket("["), bracket(" → "), bracket("]"))
}

fn short(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => plain(&text[..end]) + "…",
        None => plain(text),
    }
}

fn verdict(correction: &Correction) -> String {
    let (edit, status) = (&correction.edit, correction.status);
    let style = match status {
        Status::Applied => AFTER,
        Status::Suggested | Status::Flagged => NOTICE,
        Status::Refused => FAINT,
    };
    let by = correction.refused_by.map_or_else(String::new, |winner| format!(" by {winner}"));
    let status = styled(style, &format!("{}{by}", status.name()));
    let rest = format!("{} ({}), confidence {:.2}", edit.rule, edit.kind.name(), edit.confidence.value());
    format!("{status}  {}", if by.is_empty() { rest } else { styled(FAINT, &rest) })
}

/// What stands before a place on its line. Looks no further than it shows: a line may be 45 MB long.
fn left_of(raw: &str, span: Span) -> String {
    let before = raw.get(..span.start as usize).unwrap_or("");
    let mut start = before.len();
    for (n, (at, c)) in before.char_indices().rev().enumerate() {
        if c == '\n' {
            break;
        }
        if n == AROUND {
            return format!("…{}", plain(&before[start..]));
        }
        start = at;
    }
    plain(before[start..].trim_start())
}

fn right_of(raw: &str, span: Span) -> String {
    let after = raw.get(span.end as usize..).unwrap_or("");
    for (n, (at, c)) in after.char_indices().enumerate() {
        if c == '\n' {
            return plain(after[..at].trim_end());
        }
        if n == AROUND {
            return format!("{}…", plain(&after[..at]));
        }
    }
    plain(after.trim_end())
}

/// One line for all that was shown.
fn total(documents: &[Explained]) -> String {
    let rejected = documents.iter().filter(|d| !d.source.is_ok).count() as u64;
    let read = counted(documents.len() as u64 - rejected, "document");
    let found = |status: Status| {
        let all = documents.iter().flat_map(|d| &d.corrections);
        let n = all.filter(|(_, c)| c.status == status).count() as u64;
        (n > 0).then(|| format!("{} {}", count(n), status.name()))
    };
    let all = [Status::Applied, Status::Suggested, Status::Flagged, Status::Refused];
    let found: Vec<String> = all.into_iter().filter_map(found).collect();
    let found = if found.is_empty() { "nothing to repair".to_owned() } else { found.join(", ") };
    let rejected =
        if rejected > 0 { format!("; {} rejected", counted(rejected, "input")) } else { String::new() };
    styled(STRONG, &format!("{read}: {found}{rejected}")) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(raw: &str, word: &str) -> (String, String) {
        let start = raw.find(word).unwrap();
        let span = Span::of(start..start + word.len());
        (left_of(raw, span), right_of(raw, span))
    }

    #[test]
    fn the_context_ends_with_the_line() {
        assert_eq!(around("one\n  two Sands three \nfour", "Sands"), ("two ".into(), " three".into()));
        assert_eq!(around("Sands", "Sands"), (String::new(), String::new()));
    }

    #[test]
    fn a_long_line_is_cut_at_characters() {
        let raw = format!("{}Sands{}", "é".repeat(100), "ж".repeat(100));
        let (left, right) = around(&raw, "Sands");
        assert_eq!((left, right), (format!("…{}", "é".repeat(AROUND)), format!("{}…", "ж".repeat(AROUND))));
        let exact = format!("{}Sands", "é".repeat(AROUND));
        assert_eq!(around(&exact, "Sands").0, "é".repeat(AROUND));
    }

    #[test]
    fn an_unknown_repair_is_a_question() {
        let got = change("dzhebhat\n", "", BEFORE, AFTER);
        assert_eq!(anstream::adapter::strip_str(&got).to_string(), "[dzhebhat⏎ → ?]");
    }
}
