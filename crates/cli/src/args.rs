//! The command line: what can be asked, and the help that says so.

use clap::builder::{PossibleValuesParser, RangedU64ValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use decalque_pipeline::{Config, Error, Format, Shard, tables};
use std::path::PathBuf;

/// Repair machine-translated Russian news and write Parquet tables
///
/// Decalque finds what machine translation leaves in English that was Russian a moment ago: surnames translated as
/// words (“Sands” for Peskov), letters translated as words (plan “And” for plan “A”), broken acronyms, transliterated
/// remains, wrong capitals. It repairs what it is sure of, offers the rest, and writes the text and every change, with
/// its rule, confidence and evidence, to tables for DuckDB, Polars, pandas or R. Human English is left alone.
#[derive(Debug, Parser)]
#[command(name = "decalque", version, after_long_help = PROGRAM_HELP)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const PROGRAM_HELP: &str = "\
Examples:
  decalque run articles/ --out tables   Repair a folder and write the tables
  decalque explain articles/a.txt       Show the repairs of a document, and why
  decalque rules name.bare              What a rule does, with examples
  decalque schema corrections           The columns of a table
  decalque check tables                 Whether tables are whole
  decalque evidence --help              A run in parts, on many machines

Exit status:
  0  all is well
  1  the command failed, or was called wrongly; older tables are as they were
  2  some inputs were rejected; everything else was done

Colours are used on a terminal only; set NO_COLOR to turn them off.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Run(RunArgs),
    Explain(ExplainArgs),
    Rules(RulesArgs),
    Schema(SchemaArgs),
    Suggestions(SuggestionsArgs),
    Check(CheckArgs),
    Evidence(EvidenceArgs),
    Merge(MergeArgs),
}

/// Learn what a corpus knows, by itself (for clusters)
///
/// A run reads every document twice. This is the first time alone, over all documents or over one part of them; the
/// parts of several machines are then put together, and `decalque run --evidence` goes on from there.
#[derive(Debug, Args)]
#[command(after_long_help = EVIDENCE_HELP)]
pub(crate) struct EvidenceArgs {
    #[command(subcommand)]
    pub(crate) command: EvidenceCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvidenceCommand {
    Gather(Box<GatherArgs>),
    Merge(MergeEvidenceArgs),
}

const EVIDENCE_HELP: &str = "\
Eight machines, or eight jobs of a scheduler; K is 1 to 8 in each:
  decalque evidence gather articles/ --shard K/8 --out known.K
  decalque evidence merge known.* --out known          (once, after all)
  decalque run articles/ --evidence known --shard K/8 --out part.K
  decalque merge part.* --out tables                   (once, after all)
The tables are those of `decalque run articles/ --out tables`, to the byte.

All must see the same inputs, under the same names, with the same times of
change, and have the same settings and the same version of the program: what
does not fit is refused. --tables and the number of keyphrases may be chosen
with run. A part that was interrupted goes on with --resume. Parts are cut at
pieces of 2 to 8 MB: of a small corpus some are empty, which does no harm.

Exit status:
  0  the file was written
  1  the command failed, or was called wrongly; an older file is as it was";

/// Gather evidence from documents
///
/// Full names with their roles, words and lines with the number of documents they stand in, and what the documents are
/// that name a person whose name engines translate.
#[derive(Debug, Args)]
#[command(after_long_help = EVIDENCE_HELP)]
pub(crate) struct GatherArgs {
    /// Files, folders (with all below them), or - for standard input
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// File for the evidence
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Read only this part of the documents, such as 2/8
    #[arg(long, value_name = "K/N")]
    pub(crate) shard: Option<Shard>,
    #[command(flatten)]
    pub(crate) effort: EffortArgs,
    #[command(flatten)]
    pub(crate) settings: Settings,
    #[command(flatten)]
    pub(crate) talk: TalkArgs,
}

/// Put the evidence of parts together
///
/// In any order and in any groups: the result is the same to the byte.
#[derive(Debug, Args)]
#[command(after_long_help = EVIDENCE_HELP)]
pub(crate) struct MergeEvidenceArgs {
    /// Files that `decalque evidence` wrote
    #[arg(value_name = "FILE", required = true)]
    pub(crate) parts: Vec<PathBuf>,
    /// File for the evidence of all
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) talk: TalkArgs,
}

/// Put the parts of a run together (for clusters)
///
/// The tables are to the byte those of a run that was not cut. Their rows are checked against hashes first; the parts stay as
/// they are.
#[derive(Debug, Args)]
#[command(after_long_help = MERGE_HELP)]
pub(crate) struct MergeArgs {
    /// Folders that `decalque run --shard` wrote, all of them, in any order
    #[arg(value_name = "DIR", required = true)]
    pub(crate) parts: Vec<PathBuf>,
    /// Folder for the tables; made if there is none
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) talk: TalkArgs,
}

const MERGE_HELP: &str = "\
Examples:
  decalque merge part.* --out tables
  `decalque evidence --help` shows the whole way.

Exit status:
  0  all inputs of the run are in the tables
  1  the command failed, or was called wrongly; older tables are as they were
  2  some inputs were rejected; the tables are written all the same
  130, 143  stopped by Ctrl-C or SIGTERM; older tables are as they were";

/// What a command may take of the machine.
#[derive(Debug, Args)]
pub(crate) struct EffortArgs {
    /// Worker threads; 0 is one for each processor [default: 0]
    #[arg(long, value_name = "N", value_parser = thread_numbers())]
    pub(crate) threads: Option<usize>,
    /// Memory that the run may take, such as 500MB or 4GB; the tables do not depend on it [default: 1GB]
    #[arg(long, value_name = "SIZE", value_parser = megabytes)]
    pub(crate) memory: Option<usize>,
}

/// How a command tells what it does.
#[derive(Debug, Args)]
pub(crate) struct TalkArgs {
    /// Print nothing but errors: no progress, no summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// How to tell what happens: for people, or as one JSON object a line on standard error
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) log_format: LogFormat,
}

/// Check that tables are whole
///
/// Compares the files with manifest.json (size, rows, XXH3-64), the tables with one another (order, counts, every doc_id
/// in documents, every entity in entities), and every position of tokens, sentences, corrections, mentions and quotes
/// with the text it points into. Reads a piece at a time: memory does not grow with the tables.
#[derive(Debug, Args)]
#[command(after_long_help = CHECK_HELP)]
pub(crate) struct CheckArgs {
    /// Folder with the tables of a run
    #[arg(value_name = "DIR")]
    pub(crate) tables: PathBuf,
}

const CHECK_HELP: &str = "\
A run that was killed while its finished tables moved into place left a note
in the folder: the move is completed first.

Examples:
  decalque check tables
  decalque check tables && rsync -a tables/ archive:tables/

Exit status:
  0  the tables are whole
  1  something is wrong with them, and is told; or they cannot be read";

/// List what awaits a decision, as CSV
///
/// Every repair that was suggested or flagged and not made, equal ones together, the most frequent first. Write accept
/// or reject into the column decision (and other words into instead, where those of after will not do), then give the
/// file to `decalque run --decisions`. A decision is on words, not on places: it holds when the corpus grows. A doc_id
/// limits it to that document.
#[derive(Debug, Args)]
#[command(after_long_help = SUGGESTIONS_HELP)]
pub(crate) struct SuggestionsArgs {
    /// Folder with the tables of a run
    #[arg(value_name = "DIR")]
    pub(crate) tables: PathBuf,
}

const SUGGESTIONS_HELP: &str = "\
Examples:
  decalque suggestions tables > decisions.csv
  decalque run articles/ --out tables --decisions decisions.csv

Exit status:
  0  the list was written
  1  there are no tables, or they cannot be read";

/// Repair documents and write the tables
///
/// Reads every document twice: once to learn what the corpus knows (full names, roles, repeated lines), once to
/// repair and analyse. The tables are the same to the byte for any number of threads. They replace those of the run
/// before only when all of them are complete.
#[derive(Debug, Args)]
#[command(after_long_help = RUN_HELP)]
pub(crate) struct RunArgs {
    /// Files, folders (with all below them), or - for standard input
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Folder for the tables; made if there is none
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) effort: EffortArgs,
    #[command(flatten)]
    pub(crate) settings: Settings,
    /// Write only these tables, separated by commas; those of an older run in the folder go
    #[arg(long, value_name = "TABLE,…", value_delimiter = ',', value_parser = table_names())]
    pub(crate) tables: Option<Vec<String>>,
    /// Go on where an interrupted run of the same inputs and settings stopped; else begin anew
    #[arg(long)]
    pub(crate) resume: bool,
    /// What `decalque evidence` found in the same inputs: they are then read once only
    #[arg(long, value_name = "FILE")]
    pub(crate) evidence: Option<PathBuf>,
    /// Repair only this part of the documents, such as 2/8; `decalque merge` puts the parts together
    #[arg(long, value_name = "K/N", requires = "evidence")]
    pub(crate) shard: Option<Shard>,
    #[command(flatten)]
    pub(crate) talk: TalkArgs,
}

/// Whom the program talks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// A bar on a terminal, and a summary
    Human,
    /// Events: start, progress, notice, warning, rejected, end, error
    Json,
}

const RUN_HELP: &str = "\
Inputs:
  text           .txt .md          a document a file
  web pages      .html .htm        the main text, with title, date, author
  JSON           .jsonl .json      a document a line, object or list item
  tables         .csv .tsv .parquet  a document a row
  web archives   .warc .warc.gz    a document a page
  archives       .zip .tar         whatever of these is inside
  compressed     .gz .zst          any of these
  Names that say nothing are known by how the file begins. Fields and columns
  are `text` and, if there, `id`, `title`, `url`, `date`, `author`, in small
  or large letters; others are kept as metadata. Encodings other than UTF-8
  are decoded where a file declares them or they are certain. An input that
  cannot be read or is no text stops nothing: it gets a row with the reason in
  the table sources, is listed in manifest.json, and makes the exit status 2.
  Limits: a document 400 MB, a web page 16 MB; what is compressed may unpack to
  256 MB and 200 times its size.

Patterns:
  *.txt         every text file    drafts      every folder or file so named
  2016/*.txt    those in 2016/     2016/**     all below it
  Paths are those of doc_id, members of archives included; several --include
  or --exclude are alternatives, and --exclude wins.

Examples:
  decalque run articles/ --out tables
  decalque run dump.jsonl more/ --out tables --threads 4
  decalque run crawl.warc.gz export.csv.zst --out tables
  decalque run export.csv --text-column body --id-column url --out tables
  decalque run archive/ --include '*.html' --exclude drafts --out tables
  ssh host cat dump.jsonl.gz | decalque run - --out tables
  decalque run articles/ --out tables --tables documents,corrections
  decalque run articles/ --out tables --min-confidence 0.95 --quiet
  decalque run year/ --out tables --resume --log-format json 2> run.log

A file for --config, with every setting at its default:
  threads = 0
  min_confidence = 0.9
  format = \"auto\"    # or txt, html, jsonl, csv, parquet, warc
  include = []       # patterns of files to read; none means all
  exclude = []
  text_column = \"text\"
  id_column = \"id\"
  date_column = \"date\"
  # temp_dir = \"/scratch\"  # for what must be unpacked, and what waits
  temp_gb = 100
  tables = []        # all
  keywords = 20      # keyphrases kept for a document
  memory_mb = 1000   # megabytes of memory a run may take
  assume_machine = false  # true: every document is machine translation
  protect = []       # names that no repair touches: [\"Philippe Sands\"]
  lexicon = []       # files with rows of your own, beside this file
  # decisions = \"decisions.csv\"
  # [kinds.casing]           a kind or a rule switched off, or
  # on = false               with a threshold of its own
  # [rules.\"name.bare\"]
  # min_confidence = 0.95

Exit status:
  0  all inputs are in the tables
  1  the run failed, or was called wrongly; older tables are as they were
  2  some inputs were rejected; the tables are written all the same
  130, 143  stopped by Ctrl-C or SIGTERM; what is finished can be resumed";

/// Show what was repaired in a document, and why
///
/// For each document: its language, how likely it is machine translation (0 to 1), its keywords and who is named; then
/// every repair at its line, as [before → after], with what became of it, the rule, the confidence and the evidence;
/// then who said what. The evidence of other documents counts only if they are inputs too.
#[derive(Debug, Args)]
#[command(after_long_help = EXPLAIN_HELP)]
pub(crate) struct ExplainArgs {
    /// Files, folders (with all below them), or - for standard input
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) settings: Settings,
    /// Show only the document of this id; the others still serve as evidence. May be given several times
    #[arg(long, value_name = "ID")]
    pub(crate) doc: Vec<String>,
}

const EXPLAIN_HELP: &str = "\
What becomes of a repair:
  applied    the text was changed
  suggested  offered, the text left alone: the confidence is below the
             threshold, or the rule only ever offers
  flagged    surely broken, but the repair is unknown
  refused    another rule won the same place

Examples:
  decalque explain articles/a.txt
  decalque explain articles/ --doc sub/a.txt
  decalque explain dump.jsonl --doc 'dump.jsonl#1234' --min-confidence 0.8
  pbpaste | decalque explain -

Exit status:
  0  all inputs were read
  1  the command failed, or was called wrongly
  2  some of the inputs shown were rejected";

/// Settings of every command that reads documents.
#[derive(Debug, Args)]
pub(crate) struct Settings {
    /// Repairs below this confidence, 0 to 1, are suggested, not applied [default: 0.9]
    #[arg(long, value_name = "X", allow_negative_numbers = true)]
    pub(crate) min_confidence: Option<f64>,
    /// Decisions on corrections: a CSV file as `decalque suggestions` writes
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// Settings from a TOML file; flags override it. No file is read unless it is named here
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Take every document for machine translation, whatever its mt_score
    #[arg(long)]
    pub(crate) assume_machine: bool,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// How inputs are read.
#[derive(Debug, Args, Default)]
pub(crate) struct ReadingArgs {
    /// What files are that are not compressed or archives [default: auto]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<FormatArg>,
    /// Read only files whose path fits a pattern. May be given several times
    #[arg(long, value_name = "GLOB")]
    pub(crate) include: Vec<String>,
    /// Leave out files and folders whose path fits a pattern. May be given several times
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// Field or column with the text, in JSON, CSV and Parquet [default: text]
    #[arg(long, value_name = "NAME")]
    pub(crate) text_column: Option<String>,
    /// Field or column with the id [default: id]
    #[arg(long, value_name = "NAME")]
    pub(crate) id_column: Option<String>,
    /// Field or column with the date of publication [default: date]
    #[arg(long, value_name = "NAME")]
    pub(crate) date_column: Option<String>,
    /// Folder for what must be unpacked [default: the system's], and for
    /// documents that wait [default: in --out]
    #[arg(long, value_name = "DIR")]
    pub(crate) temp_dir: Option<PathBuf>,
    /// Most gigabytes unpacked there [default: 100]
    #[arg(long, value_name = "N")]
    pub(crate) temp_gb: Option<u64>,
}

impl ReadingArgs {
    fn over(&self, base: Config) -> Config {
        let or = |own: &Option<String>, base: String| own.clone().unwrap_or(base);
        let list = |own: &[String], base: Vec<String>| if own.is_empty() { base } else { own.to_vec() };
        Config {
            format: self.format.map_or(base.format, FormatArg::into),
            include: list(&self.include, base.include),
            exclude: list(&self.exclude, base.exclude),
            text_column: or(&self.text_column, base.text_column),
            id_column: or(&self.id_column, base.id_column),
            date_column: or(&self.date_column, base.date_column),
            temp_dir: self.temp_dir.clone().or(base.temp_dir),
            temp_gb: self.temp_gb.unwrap_or(base.temp_gb),
            ..base
        }
    }
}

impl Settings {
    /// The configuration file, or the defaults, with the flags laid over.
    pub(crate) fn config(&self) -> Result<Config, Error> {
        let base = self.config.as_deref().map_or_else(|| Ok(Config::default()), Config::read)?;
        let min_confidence = self.min_confidence.unwrap_or(base.min_confidence);
        let assume_machine = self.assume_machine || base.assume_machine;
        let decisions = self.decisions.clone().or(base.decisions.clone());
        Ok(Config { min_confidence, assume_machine, decisions, ..self.reading.over(base) })
    }
}

/// How inputs are read, as the command line says it.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum FormatArg {
    /// By how a file begins and by its name
    Auto,
    /// Plain text, one document a file
    Txt,
    /// Web pages, one document a file
    Html,
    /// JSON Lines, one document a line
    Jsonl,
    /// CSV or TSV with a header, one document a row
    Csv,
    /// Parquet, one document a row
    Parquet,
    /// WARC, one document a page
    Warc,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Auto => Self::Auto,
            FormatArg::Txt => Self::Txt,
            FormatArg::Html => Self::Html,
            FormatArg::Jsonl => Self::Jsonl,
            FormatArg::Csv => Self::Csv,
            FormatArg::Parquet => Self::Parquet,
            FormatArg::Warc => Self::Warc,
        }
    }
}

/// List the repair rules
///
/// Each with its id, the kind of artifact it repairs, whether it needs the document alone (local) or the whole corpus,
/// whether it may change the text (apply) or only offers, from which mt_score on it is asked where that is not 0, what it
/// does, and examples, which are also its tests.
#[derive(Debug, Args)]
#[command(after_long_help = RULES_HELP)]
pub(crate) struct RulesArgs {
    /// Only these: ids or kinds
    #[arg(value_name = "RULE")]
    pub(crate) rules: Vec<String>,
    /// As a JSON array of objects: id, kind, layer, safety, least_machine, summary, examples
    #[arg(long)]
    pub(crate) json: bool,
}

const RULES_HELP: &str = "\
Examples:
  decalque rules                 All of them
  decalque rules name.bare       One rule
  decalque rules name_calque     All rules of a kind
  decalque rules --json          The same as JSON, for programs

Exit status:
  0  all is well
  1  there is no such rule";

/// Describe the tables
///
/// Every table and column with its type (? after a type: values can be missing), its unit and its meaning. Positions
/// count Unicode characters, and ends are exclusive, as in Python and DuckDB.
#[derive(Debug, Args)]
#[command(after_long_help = SCHEMA_HELP)]
pub(crate) struct SchemaArgs {
    /// Only these tables
    #[arg(value_name = "TABLE", value_parser = table_names())]
    pub(crate) tables: Vec<String>,
    /// As a JSON object: tables, each with name, summary and columns (name, type, nullable, unit, description)
    #[arg(long)]
    pub(crate) json: bool,
}

const SCHEMA_HELP: &str = "\
Examples:
  decalque schema                All tables
  decalque schema corrections    One table
  decalque schema --json         The same as JSON, for programs

Exit status:
  0  all is well
  1  there is no such table";

/// No machine has more processors; each thread takes memory, and a slip of the finger should not take all of it.
fn thread_numbers() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(0..=1024)
}

/// Megabytes, from a number with a unit.
fn megabytes(text: &str) -> Result<usize, String> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let factor = match unit.trim().to_ascii_uppercase().as_str() {
        "M" | "MB" => 1,
        "G" | "GB" => 1000,
        _ => return Err("write a whole number and MB or GB, such as 500MB or 4GB".to_owned()),
    };
    let number: usize = number.parse().map_err(|_| "write a whole number before the unit".to_owned())?;
    Ok(number.saturating_mul(factor))
}

fn table_names() -> PossibleValuesParser {
    PossibleValuesParser::new(tables().iter().map(|t| t.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    /// clap breaks lines at the width of the terminal, and takes no care of those that were broken before.
    #[test]
    fn the_help_fits_a_narrow_terminal() {
        for help in [
            PROGRAM_HELP,
            RUN_HELP,
            EXPLAIN_HELP,
            RULES_HELP,
            SCHEMA_HELP,
            CHECK_HELP,
            EVIDENCE_HELP,
            MERGE_HELP,
        ] {
            help.lines().for_each(|line| assert!(line.chars().count() < 80, "{line}"));
        }
    }

    #[test]
    fn sizes_have_a_unit() {
        let got = ["500MB", "4gb", "4 G", "1m"].map(|text| megabytes(text).unwrap());
        assert_eq!(got, [500, 4000, 4000, 1]);
        for wrong in ["500", "1.5GB", "GB", "", "-1MB", "1TB"] {
            assert!(megabytes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn flags_override_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("decalque.toml");
        std::fs::write(&path, "min_confidence = 0.5\nformat = \"jsonl\"\nexclude = [\"a\"]\nkeywords = 3\n")
            .unwrap();
        let settings = Settings {
            min_confidence: Some(0.7),
            config: Some(path),
            reading: ReadingArgs { exclude: vec!["b".to_owned()], ..ReadingArgs::default() },
            assume_machine: false,
            decisions: None,
        };
        let config = settings.config().unwrap();
        assert_eq!((config.min_confidence, config.format, config.keywords), (0.7, Format::Jsonl, 3));
        assert_eq!(config.exclude, ["b"]);
    }

    #[test]
    fn the_help_shows_the_settings_of_a_file_as_they_are() {
        let (_, after) = RUN_HELP.split_once("at its default:\n").unwrap();
        let (file, _) = after.split_once("\n\n").unwrap();
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("decalque.toml");
        std::fs::write(&path, file).unwrap();
        assert_eq!(Config::read(&path).unwrap(), Config::default());
    }
}
