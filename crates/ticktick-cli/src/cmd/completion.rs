//! `ticktick completion` and `ticktick man`.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::complete;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::examples;

pub(crate) const COMPLETION: Entry = Entry::leaf(
    Section::Program,
    "completion",
    "Print a shell completion script",
    CompletionArgs::augment_args,
    |_, matches| {
        let CompletionArgs { shell } = CompletionArgs::from_arg_matches(matches)?;
        Ok(io::stdout().lock().write_all(&complete::script(&shell)?)?)
    },
);

pub(crate) const MAN: Entry =
    Entry::about_program("man", "Write the manual pages to a folder", ManArgs::augment_args, man);

#[derive(Args, Debug)]
#[command(after_help = "\
Add one of these lines to the start-up file of your shell:
  source <(ticktick completion bash)               # ~/.bashrc
  source <(ticktick completion zsh)                # ~/.zshrc
  ticktick completion fish | source                # ~/.config/fish/config.fish
  ticktick completion powershell | Out-String | Invoke-Expression
  eval (ticktick completion elvish | slurp)        # rc.elv

Names of projects, tags, filters, habits and recent tasks come from the mirror; completion sends nothing.")]
struct CompletionArgs {
    /// bash, elvish, fish, powershell or zsh
    shell: String,
}

#[derive(Args, Debug)]
struct ManArgs {
    /// Folder for the pages; it is created if it does not exist
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

fn man(program: Command, matches: &ArgMatches) -> Result<(), Error> {
    let ManArgs { folder } = ManArgs::from_arg_matches(matches)?;
    let written =
        fs::create_dir_all(&folder).and_then(|()| clap_mangen::generate_to(examples::built(program), &folder));
    written.map_err(|error| Error::failed(format!("cannot write the manual pages to {}: {error}", folder.display())))
}
