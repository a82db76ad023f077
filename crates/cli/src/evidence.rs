//! `decalque evidence`: pass 1 by itself, for the parts of a run on many machines.

use crate::args::{EvidenceArgs, EvidenceCommand, GatherArgs, MergeEvidenceArgs};
use crate::log::Log;
use crate::number::counted;
use crate::terminal::{STRONG, plain, styled};
use crate::watch::{Work, watch};
use crate::{Outcome, run, terminal};
use decalque_pipeline::{Config, Coverage, Error, Input, Progress, Shard, gather, merge_evidence};
use serde_json::json;
use std::path::Path;

pub(crate) fn execute(args: &EvidenceArgs) -> Outcome {
    match &args.command {
        EvidenceCommand::Gather(args) => gathering(args),
        EvidenceCommand::Merge(args) => merging(args),
    }
}

fn gathering(args: &GatherArgs) -> Outcome {
    let shard = args.shard.unwrap_or(Shard::WHOLE);
    let work = Work {
        start: json!({ "version": env!("CARGO_PKG_VERSION"), "inputs": args.inputs, "out": args.out }),
        prepare: || prepare(args),
        work: |(config, inputs): (Config, Vec<Input>), progress: &dyn Progress| {
            gather(&inputs, &args.out, shard, &config, progress)
        },
        end: |found, log: Option<&Log>, _| tell(found, log, &args.out, args.talk.quiet),
        hint: |_: &Error| String::new(),
    };
    watch(&args.talk, work)
}

fn merging(args: &MergeEvidenceArgs) -> Outcome {
    let work = Work {
        start: json!({ "version": env!("CARGO_PKG_VERSION"), "parts": args.parts, "out": args.out }),
        prepare: || Ok(()),
        work: |(), _: &dyn Progress| merge_evidence(&args.parts, &args.out),
        end: |found, log: Option<&Log>, _| tell(found, log, &args.out, args.talk.quiet),
        hint: |_: &Error| String::new(),
    };
    watch(&args.talk, work)
}

fn prepare(args: &GatherArgs) -> Result<(Config, Vec<Input>), Error> {
    let base = args.settings.config()?;
    let threads = args.effort.threads.unwrap_or(base.threads);
    let memory_mb = args.effort.memory.unwrap_or(base.memory_mb);
    let config = Config { threads, memory_mb, ..base };
    config.check()?;
    let inputs = run::open(&args.inputs, &config)?;
    Ok((config, inputs))
}

fn tell(found: Coverage, log: Option<&Log>, out: &Path, quiet: bool) -> Outcome {
    match log {
        Some(log) => log.event(
            "end",
            json!({ "status": 0, "documents": found.documents, "of_documents": found.of, "out": out }),
        ),
        None if quiet => {}
        None => terminal::report(&text(found, out)),
    }
    Ok(0)
}

fn text(found: Coverage, out: &Path) -> String {
    let documents = styled(STRONG, &counted(found.documents, "document"));
    let of = match found.is_whole() {
        true => "all there are: `decalque run --evidence` takes the file".to_owned(),
        false => {
            format!("of {}: `decalque evidence merge` puts the parts together", counted(found.of, "document"))
        }
    };
    format!("Evidence of {documents}, {of}\n{}\n", plain(&out.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_can_read_it() {
        let shown = |documents, of| {
            let text = text(Coverage { documents, of }, Path::new("known"));
            anstream::adapter::strip_str(&text).to_string()
        };
        assert_eq!(
            shown(1, 1),
            "Evidence of 1 document, all there are: `decalque run --evidence` takes the file\nknown\n"
        );
        let part = "Evidence of 2 documents, of 1,000 documents: `decalque evidence merge` puts the parts together\nknown\n";
        assert_eq!(shown(2, 1000), part);
    }
}
