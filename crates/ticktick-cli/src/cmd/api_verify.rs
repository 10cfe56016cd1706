//! `ticktick api verify`: compares the live service with the contract.

use std::collections::hash_map::RandomState;
use std::future::poll_fn;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::pin::pin;
use std::task::Poll;

use tempfile::NamedTempFile;
use ticktick::date::SystemClock;
use ticktick::raw::Operation;
use ticktick::{Client, Region};
use ticktick_verify::{EXPERIMENTS, Experiment, READS, Removed, Report, ReportRegion, Run, SKIPPED};

use crate::answer::print_one;
use crate::args::{Globals, VerifyArgs};
use crate::cmd::verify_view::{self, Progress};
use crate::connect::Connection;
use crate::error::{Error, Kind};
use crate::output::Output;
use crate::text::plural;

/// Hint for a failed clean-up.
const CLEAN_UP: &str = "run `ticktick api verify --clean-up` to remove the rest";

/// The calls and experiments to run.
struct Plan {
    /// Ids of operations; `None` means all.
    only: Option<Vec<String>>,
    experiments: Vec<&'static Experiment>,
}

pub(crate) async fn run(globals: &Globals, args: &VerifyArgs, output: Output) -> Result<(), Error> {
    if globals.write.read_only && (args.write || args.clean_up) {
        let flag = if args.write { "--write" } else { "--clean-up" };
        return Err(Error::usage(format!("{flag} changes the account, which --read-only forbids")));
    }
    let plan = Plan::new(args)?;
    if args.write && globals.write.yes.is_none() {
        ask(&plan)?;
    }
    let connection = Connection::open(globals).await?;
    let client = connection.client.clone();
    let outcome = if args.clean_up {
        clean_up(&mut begin(&client), output).await
    } else {
        verify(&client, &plan, args, globals).await
    };
    connection.close()?;
    outcome
}

impl Plan {
    fn new(args: &VerifyArgs) -> Result<Self, Error> {
        let is_wanted = |experiment: &&Experiment| args.only.iter().any(|id| id == experiment.id);
        let mut operations = Vec::new();
        for id in &args.only {
            if is_read(id) {
                operations.push(id.clone());
            } else if !EXPERIMENTS.iter().any(|experiment| experiment.id == id) {
                return Err(unknown(id));
            }
        }
        let allowed = |experiment: &&Experiment| args.write || experiment.creates.is_none();
        if let Some(refused) = EXPERIMENTS.iter().filter(is_wanted).find(|experiment| !allowed(experiment)) {
            return Err(Error::usage(format!("the experiment {} changes the account", refused.id)).hint("add --write"));
        }
        let chosen = EXPERIMENTS.iter().filter(|one| args.only.is_empty() || is_wanted(one)).filter(allowed);
        let only = (!args.only.is_empty()).then_some(operations);
        Ok(Self { only, experiments: chosen.collect() })
    }

    fn reads(&self, operation: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.iter().any(|id| id == operation))
    }

    /// Returns the number of calls and experiments for the progress report.
    fn steps(&self) -> usize {
        READS.iter().filter(|step| self.reads(step.operation.id)).count() + self.experiments.len()
    }
}

fn is_read(id: &str) -> bool {
    READS.iter().any(|step| step.operation.id == id) || SKIPPED.iter().any(|(operation, _)| operation.id == id)
}

fn unknown(id: &str) -> Error {
    let error = Error::new(Kind::NotFound, format!("no experiment or read operation `{id}`"));
    match Operation::find(id) {
        Some(_) => error.hint("this operation may change the account, so it is called only by experiments"),
        None => {
            error.hint(format!("experiments: {}", EXPERIMENTS.iter().map(|one| one.id).collect::<Vec<_>>().join(", ")))
        }
    }
}

/// Lists what the experiments create, and continues only if the user agrees.
fn ask(plan: &Plan) -> Result<(), Error> {
    if !io::stdin().is_terminal() {
        return Err(Error::usage(
            "--write changes your account and needs confirmation, but standard input is not a terminal",
        )
        .hint("add --yes to confirm in advance"));
    }
    let mut err = io::stderr().lock();
    for line in verify_view::question(&plan.experiments) {
        writeln!(err, "{line}")?;
    }
    write!(err, "Continue? [y/N] ")?;
    err.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Error::failed("nothing was done")),
    }
}

fn begin(client: &Client) -> Run<'_> {
    Run::new(client.transport(), SystemClock, RandomState::new().build_hasher().finish().to_be_bytes())
}

async fn verify(client: &Client, plan: &Plan, args: &VerifyArgs, globals: &Globals) -> Result<(), Error> {
    let output = Output::new(globals);
    let mut run = begin(client);
    let mut report = Report::new(region(client.region()));
    let mut progress = Progress::new(plan.steps());
    let made = interruptible(make(&mut run, plan, &mut report, &mut progress)).await;
    progress.clear();
    if made.is_none() && args.write {
        output.note("note", "interrupted; removing what was created");
    }
    let cleaned = if args.write { clean_up(&mut run, output).await } else { Ok(()) };
    let made = made.unwrap_or_else(|| Err(Error::failed("interrupted")));
    if let (Err(_), Err(left)) = (&made, &cleaned) {
        output.note("warning", &format!("the clean-up failed: {}; {CLEAN_UP}", left.message));
    }
    made?;
    if let Some(path) = &args.report {
        write(&report, path)?;
    }
    print_one(&[&report], globals, || verify_view::lines(&report))?;
    cleaned?;
    if report.operations.iter().any(|one| verify_view::is_unexpected(&one.id, &one.seen)) {
        return Err(Error::new(Kind::Reported, ""));
    }
    Ok(())
}

async fn make(run: &mut Run<'_>, plan: &Plan, report: &mut Report, progress: &mut Progress) -> Result<(), Error> {
    let wanted = |operation: &str| plan.reads(operation);
    report.operations = run.reads(wanted, |event| progress.step(&event)).await?;
    for experiment in &plan.experiments {
        report.experiments.push(run.experiment(experiment, |event| progress.step(&event)).await?);
    }
    Ok(())
}

/// Removes what experiments created, in this run or an earlier one.
///
/// Continues after a Ctrl-C, because some shells and wrappers send the signal twice.
async fn clean_up(run: &mut Run<'_>, output: Output) -> Result<(), Error> {
    let removed = run.clean_up().await.map_err(|error| Error::from(error).hint(CLEAN_UP))?;
    let Removed { projects, tasks, others, .. } = removed;
    let (projects, tasks) = (plural(projects, "project"), plural(tasks, "task"));
    output.note("removed", &format!("{projects}, {tasks}, {}", plural(others, "other object")));
    Ok(())
}

/// Runs until Ctrl-C is pressed, which returns no result.
async fn interruptible<T>(work: impl Future<Output = T>) -> Option<T> {
    let (mut work, mut stop) = (pin!(work), pin!(tokio::signal::ctrl_c()));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => stop.as_mut().poll(context).map(|_| None),
    })
    .await
}

/// Replaces the file atomically.
fn write(report: &Report, path: &Path) -> Result<(), Error> {
    let failed = |error: io::Error| Error::failed(format!("cannot write {}: {error}", path.display()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    serde_json::to_writer_pretty(&mut file, report).map_err(|error| failed(error.into()))?;
    writeln!(file).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

fn region(region: &Region) -> ReportRegion {
    match region {
        Region::TickTick => ReportRegion::Ticktick,
        Region::Dida365 => ReportRegion::Dida365,
        _ => ReportRegion::Other,
    }
}
