//! `ticktick export`.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, FromArgMatches};
use ticktick_formats::archive::write_private;
use ticktick_formats::{Archive, CollectOptions, Context, Format, Plan, WriteOptions, Written, collect, write};

use crate::answer::Answer;
use crate::args::{ExportArgs, Globals};
use crate::cmd::project_view;
use crate::connect::Connection;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::file::is_device;
use crate::generated::cli::Exported;
use crate::output::{GREEN, Output};
use crate::runtime::wait;
use crate::text::{plural, shown};

pub(crate) const EXPORT: Entry = Entry::leaf(
    Section::Data,
    "export",
    "Export tasks, or the whole account, to a file",
    ExportArgs::augment_args,
    run,
);

/// Name and version of this program, for manifests.
const PROGRAM: &str = concat!("ticktick ", env!("CARGO_PKG_VERSION"));

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let args = ExportArgs::from_arg_matches(matches)?;
    let output = Output::new(globals);
    let target = Target::of(&args)?;
    if args.attachments && !(target.format == Format::Json && target.is_folder) {
        return Err(
            Error::usage("--attachments needs an archive in a folder").hint("ticktick export --attachments DIR")
        );
    }
    if target.path.is_none() && globals.output.json {
        return Err(Error::usage("without a file, the export itself is printed, so --json cannot be used")
            .hint("give a file: --json prints the summary"));
    }
    wait(export(globals, &args, &target, output))
}

/// The destination of the export.
struct Target {
    path: Option<PathBuf>,
    format: Format,
    is_folder: bool,
}

impl Target {
    fn of(args: &ExportArgs) -> Result<Self, Error> {
        let path = args.target.clone().filter(|path| path != Path::new("-"));
        let extension = path.as_deref().and_then(Path::extension).map(|text| text.to_string_lossy().to_lowercase());
        let is_named_folder =
            path.as_deref().is_some_and(|path| path.is_dir() || path.to_string_lossy().ends_with(['/', '\\']));
        let by_name = match extension.as_deref() {
            Some("ndjson" | "jsonl") => Format::Ndjson,
            Some("csv") => Format::Csv,
            Some("md" | "markdown") => Format::Markdown,
            Some("ics") => Format::Ics,
            Some("txt") => Format::TodoTxt,
            Some("org") => Format::Org,
            Some("json") | None => Format::Json,
            Some(other) if args.format.is_none() && !is_named_folder => {
                return Err(Error::usage(format!("no format has the extension .{other}"))
                    .hint("give the format with --format, or end the name of a folder with a slash"));
            }
            Some(_) => Format::Json,
        };
        // A device or a pipe, such as /dev/stdout, has no extension and takes one file.
        let is_special = |path: &Path| std::fs::metadata(path).is_ok_and(|at| !at.is_file() && !at.is_dir());
        let is_folder =
            path.as_deref().is_some_and(|path| is_named_folder || (extension.is_none() && !is_special(path)));
        Ok(Self { path, format: args.format.map_or(by_name, Format::from), is_folder })
    }
}

async fn export(globals: &Globals, args: &ExportArgs, target: &Target, output: Output) -> Result<(), Error> {
    let connection = Connection::open(globals).await?;
    let is_archive = matches!(target.format, Format::Json | Format::Ndjson);
    let mut options = CollectOptions::default();
    options.closed = args.closed || is_archive;
    options.rest = is_archive;
    options.attachments = args.attachments;
    if !args.projects.is_empty() {
        let projects = project_view::all(&connection.client.sync().full().await?);
        for wanted in &args.projects {
            options.projects.push(project_view::find(wanted, &projects)?.id.clone());
        }
    }
    let zone = connection.client.time_zone().await?;
    let now = connection.moment();
    let mut progress = |part: &str| super::exchange::progress(output, &format!("reading {part}"));
    let archive = collect(&connection.client, &options, now, PROGRAM, &mut progress).await?;
    super::exchange::progress(output, "");
    connection.close()?;
    let context = Context::new(now.to_zoned_datetime(zone));
    if is_archive {
        return save_archive(globals, &archive, target, output);
    }
    let plan = Plan::of_archive(&archive, Format::Json, "ticktick", &context);
    let mut options = WriteOptions::default();
    options.raw = args.raw;
    let written = write(target.format, &plan, &context, options);
    save(globals, plan.records.len(), written, target, output)
}

fn save_archive(globals: &Globals, archive: &Archive, target: &Target, output: Output) -> Result<(), Error> {
    let text = if target.format == Format::Json { archive.to_json() } else { archive.to_ndjson() };
    let Some(path) = &target.path else { return print(&text) };
    let mut bytes = text.len();
    if target.is_folder && target.format == Format::Json {
        archive.write_folder(path).map_err(|error| unwritten(path, &error))?;
        bytes = archive.to_files().iter().map(|(_, bytes)| bytes.len()).sum();
    } else {
        write_private(path, text.as_bytes()).map_err(|error| unwritten(path, &error))?;
    }
    let mut done = exported(path, target.format, archive.len(), bytes);
    done.gaps.clone_from(&archive.manifest.gaps);
    report(globals, vec![done], output)
}

fn save(globals: &Globals, tasks: usize, written: Written, target: &Target, output: Output) -> Result<(), Error> {
    let Written { files, lost, hints } = written;
    let lost: Vec<String> = lost.iter().map(|(what, count)| format!("{what}: {}", plural(count, "task"))).collect();
    let Some(path) = &target.path else {
        let text = joined(files, target.format)?;
        print(&text)?;
        explain(&lost, &hints, output);
        return Ok(());
    };
    let mut done = Vec::new();
    if target.is_folder {
        std::fs::create_dir_all(path).map_err(|error| unwritten(path, &error))?;
        let mut taken = BTreeSet::new();
        for (project, text) in files {
            let file = path.join(format!("{}.{}", file_name(&project, &mut taken), target.format.extension()));
            write_private(&file, text.as_bytes()).map_err(|error| unwritten(&file, &error))?;
            done.push(exported(&file, target.format, count(&text, target.format).unwrap_or(tasks), text.len()));
        }
    } else {
        let text = joined(files, target.format)?;
        write_private(path, text.as_bytes()).map_err(|error| unwritten(path, &error))?;
        done.push(exported(path, target.format, tasks, text.len()));
    }
    if let Some(first) = done.first_mut() {
        first.lost.clone_from(&lost);
    }
    report(globals, done, output)?;
    explain(&[], &hints, output);
    Ok(())
}

/// Counts the tasks of one of several files. The other formats have one file for all tasks.
fn count(text: &str, format: Format) -> Option<usize> {
    let mark = match format {
        Format::Markdown => "- [",
        Format::Todoist => "task,",
        _ => return None,
    };
    Some(text.lines().filter(|line| line.trim_start().starts_with(mark)).count())
}

/// Joins the files of a format that has one per project. Only Markdown can be joined.
fn joined(files: Vec<(String, String)>, format: Format) -> Result<String, Error> {
    if files.len() > 1 && format == Format::Todoist {
        return Err(Error::usage(format!(
            "the {format} format has one file per project, and there are {}",
            files.len()
        ))
        .hint("give a folder, or select one project with --project"));
    }
    Ok(files.into_iter().map(|(_, text)| text).collect())
}

/// Returns a name that every file system accepts and takes for another file than all earlier names.
fn file_name(project: &str, taken: &mut BTreeSet<String>) -> String {
    let safe = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let name: String = project.chars().map(safe).collect();
    let name = match name.trim().trim_matches('.') {
        "" => "project".to_owned(),
        device if is_device(device) => format!("_{device}"),
        name => name.to_owned(),
    };
    let mut free = name.clone();
    let mut number = 2;
    // Windows and macOS ignore the case of names.
    while !taken.insert(free.to_lowercase()) {
        free = format!("{name} ({number})");
        number += 1;
    }
    free
}

fn unwritten(path: &Path, error: &std::io::Error) -> Error {
    Error::failed(format!("cannot write {}: {error}", path.display()))
}

fn print(text: &str) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn exported(path: &Path, format: Format, records: usize, bytes: usize) -> Exported {
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Exported {
        file: path.display().to_string(),
        format: format.name().to_owned(),
        records: number(records),
        bytes: number(bytes),
        lost: Vec::new(),
        gaps: Vec::new(),
    }
}

fn explain(lost: &[String], hints: &[String], output: Output) {
    if !lost.is_empty() {
        output.note("warning", &format!("the format cannot store everything:\n{}", lost.join("\n")));
    }
    if !hints.is_empty() {
        output.note("note", &format!("add these lines to ~/.taskrc once:\n{}", hints.join("\n")));
    }
}

fn report(globals: &Globals, done: Vec<Exported>, output: Output) -> Result<(), Error> {
    let lost: Vec<String> = done.iter().flat_map(|one| one.lost.clone()).collect();
    Answer::new(done).print(globals, |done| {
        let line = |one: &Exported| {
            let records = plural(usize::try_from(one.records).unwrap_or(0), "record");
            format!(
                "{GREEN}✓{GREEN:#} {}  {records}, {}",
                shown(&one.file),
                plural(usize::try_from(one.bytes).unwrap_or(0), "byte")
            )
        };
        let gaps = done
            .iter()
            .filter(|one| !one.gaps.is_empty())
            .map(|one| format!("  not included: {}", one.gaps.join(", ")));
        done.iter().map(line).chain(gaps).collect::<Vec<_>>()
    })?;
    if output.is_for_people() {
        explain(&lost, &[], output);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_whose_names_are_alike_have_files_of_their_own() {
        let mut taken = BTreeSet::new();
        let names =
            ["Home", "home", "a/b", "a:b", "..", "Aux", "Home (2)"].map(|project| file_name(project, &mut taken));
        assert_eq!(names, ["Home", "home (2)", "a_b", "a_b (2)", "project", "_Aux", "Home (2) (2)"]);
    }
}
