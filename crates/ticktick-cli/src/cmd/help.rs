//! `ticktick help`: the help of commands, and topics that they share.

use std::io::{self, Write};

use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::args::{self, Globals};
use crate::entry::Entry;
use crate::error::{Error, Kind};
use crate::examples;
use crate::output::Output;

pub(crate) const HELP: Entry =
    Entry::about_program("help", "Explain a command or a topic", HelpArgs::augment_args, run);

/// The schemas of all documents that commands print.
const SCHEMA: &str = include_str!("../generated/cli.schema.json");

const TOPICS: [(&str, &str, &str); 8] = [
    ("quick-add", "How `ticktick add` reads a line", include_str!("../help/quick-add.txt")),
    ("dates", "How dates are written", include_str!("../help/dates.txt")),
    ("filters", "How tasks are selected and named", include_str!("../help/filters.txt")),
    ("formatting", "Output formats", include_str!("../help/formatting.txt")),
    ("json", "Members of the JSON output", include_str!("../help/json.txt")),
    ("exit-codes", "Exit statuses and error codes", include_str!("../help/exit-codes.txt")),
    ("environment", "Environment variables, folders and files", include_str!("../help/environment.txt")),
    // `skills/ticktick/SKILL.md` is a copy, because a package can contain only its own files.
    ("agents", "How an assistant uses this program, as a skill file", include_str!("../help/agents.md")),
];

#[derive(Args, Debug)]
struct HelpArgs {
    /// A topic, or the words of a command
    #[arg(value_name = "TOPIC|COMMAND")]
    words: Vec<String>,
}

fn run(program: Command, matches: &ArgMatches) -> Result<(), Error> {
    let HelpArgs { words } = HelpArgs::from_arg_matches(matches)?;
    let globals = Globals::from_arg_matches(matches)?;
    match words.as_slice() {
        [] => of_command(program, &[]).and_then(|()| list()),
        [topic] if topic == "json" && Output::new(&globals).is_json() => {
            Ok(writeln!(io::stdout().lock(), "{}", SCHEMA.trim_end())?)
        }
        [word] => match TOPICS.iter().find(|(name, _, _)| name == word) {
            Some((_, _, text)) => Ok(io::stdout().lock().write_all(text.as_bytes())?),
            None => of_command(program, &words),
        },
        words => of_command(program, words),
    }
}

/// Lists the topics.
fn list() -> Result<(), Error> {
    let mut out = io::stdout().lock();
    writeln!(out, "\nTopics of `ticktick help`:")?;
    TOPICS.iter().try_for_each(|(name, about, _)| writeln!(out, "  {name:<12} {about}"))?;
    Ok(())
}

/// Prints the help of a command.
fn of_command(program: Command, words: &[String]) -> Result<(), Error> {
    let mut program = examples::built(program);
    let mut command = &mut program;
    for word in words {
        command = command.find_subcommand_mut(word).ok_or_else(|| {
            let topics = TOPICS.map(|(name, _, _)| name).join(", ");
            Error::new(Kind::NotFound, format!("there is no command or topic `{}`", words.join(" ")))
                .hint(format!("`ticktick --help` lists the commands; the topics are: {topics}"))
        })?;
    }
    command.print_long_help()?;
    let end = args::missing_end(&command.render_long_help().to_string());
    Ok(io::stdout().lock().write_all(end.as_bytes())?)
}
