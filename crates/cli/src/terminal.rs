//! What goes to the terminal: one place that writes, the styles, and text made safe and fitted to lines.

use crate::Failure;
use anstream::adapter::strip_str;
use anstyle::{AnsiColor, Style};
use std::error::Error;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};

/// Headlines and names.
pub(crate) const STRONG: Style = Style::new().bold();
/// What matters less.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// What stood there, and errors.
pub(crate) const BEFORE: Style = AnsiColor::Red.on_default();
/// What stands there now, and what went well.
pub(crate) const AFTER: Style = AnsiColor::Green.on_default();
/// What wants a look.
pub(crate) const NOTICE: Style = AnsiColor::Yellow.on_default();

/// Characters of a line; tables and wrapped text keep to it.
pub(crate) const WIDTH: usize = 88;

/// Print to standard output. Colours are taken out unless it is a terminal that wants them.
///
/// A reader that went away (`decalque rules | head -1`) has seen enough: that is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => {
            Err(format!("cannot write to standard output: {e}").into())
        }
        _ => Ok(()),
    }
}

/// Print what was done. When that cannot be shown it was done all the same: a warning, and no failure.
pub(crate) fn report(text: &str) {
    if let Err(unseen) = print(text) {
        warning(&format!("{unseen}; the work itself is done"));
    }
}

/// Print an error and its causes to standard error.
pub(crate) fn error(error: &(dyn Error + 'static)) {
    error_text(&chain(error));
}

/// Print what went wrong to standard error.
pub(crate) fn error_text(message: &str) {
    tell(AnsiColor::Red, "error", message);
}

/// Print what the user should look at to standard error.
pub(crate) fn warning(message: &str) {
    tell(AnsiColor::Yellow, "warning", message);
}

/// Print what the user may like to know to standard error.
pub(crate) fn note(message: &str) {
    tell(AnsiColor::Cyan, "note", message);
}

fn tell(colour: AnsiColor, label: &str, message: &str) {
    let style = colour.on_default().bold();
    // When standard error is gone there is nobody to tell.
    let _ = writeln!(anstream::stderr().lock(), "{style}{label}:{style:#} {message}");
}

/// An error with its causes, except those its own sentence already tells.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut out = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let text = next.to_string();
        if !out.contains(&text) {
            let _ = write!(out, ": {text}");
        }
        cause = next.source();
    }
    // Messages name files, and a file name may hold anything; the lines of a message are its own.
    out.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// Text from a document or the file system, made safe to show: no control characters, which could move the cursor or
/// recolour the terminal, and no marks that reverse the order of what is read. As many characters as before.
pub(crate) fn plain(text: &str) -> String {
    let safe = |c: char| match c {
        '\n' => '⏎',
        '\t' | '\r' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(safe).collect()
}

/// Break text into lines of [`WIDTH`] characters at spaces. The first line goes on after `first`, which may be styled,
/// the others begin with as many spaces as it has characters. No line break at the end.
pub(crate) fn wrap(first: &str, text: &str) -> String {
    let indent = strip_str(first).to_string().chars().count();
    let mut out = first.to_owned();
    let mut at = indent;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if at > indent && at + 1 + length > WIDTH {
            let _ = write!(out, "\n{:indent$}", "");
            at = indent;
        }
        if at > indent {
            out.push(' ');
            at += 1;
        }
        out.push_str(word);
        at += length;
    }
    out
}

/// A text in a style.
pub(crate) fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt;

    #[test]
    fn nothing_a_document_holds_drives_the_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\tc\nd\u{202e}e\u{9b}"), "a\u{fffd}[31mb c⏎d\u{fffd}e\u{fffd}");
    }

    #[test]
    fn lines_break_at_spaces_and_hang() {
        let got = wrap("  ab  ", &"word ".repeat(40));
        assert!(got.lines().all(|l| l.chars().count() <= WIDTH), "{got}");
        assert!(
            got.starts_with("  ab  word word") && got.lines().skip(1).all(|l| l.starts_with("      word"))
        );
        assert_eq!(
            wrap(&styled(STRONG, "ab "), &"word ".repeat(20)).lines().nth(1).unwrap(),
            "   word word word"
        );
        let long = "x".repeat(200);
        assert_eq!(wrap("- ", &long), format!("- {long}"));
    }

    #[derive(Debug)]
    struct Told(&'static str, Option<Box<Told>>);

    impl fmt::Display for Told {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Told {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref().map(|e| e as _)
        }
    }

    #[test]
    fn a_cause_is_told_once() {
        let cause = Told("no space", Some(Box::new(Told("quota of the disk", None))));
        let error = Told("cannot write a.parquet: no space", Some(Box::new(cause)));
        assert_eq!(chain(&error), "cannot write a.parquet: no space: quota of the disk");
    }
}
