//! The options of the output and of writes, which all commands have.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

// A doc comment would become the help of the program.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputOptions {
    /// Print JSON: {"version":1,"ok":true,"data":[...],"meta":{...}}
    #[arg(long, global = true, conflicts_with_all = ["format", "quiet"])]
    pub(crate) json: bool,
    /// Output format [default: TICKTICK_OUTPUT, or table on a terminal and tsv elsewhere]
    #[arg(short = 'o', long = "output", id = "format", global = true, value_name = "FORMAT", conflicts_with = "quiet")]
    pub(crate) format: Option<FormatArg>,
    /// Print only these fields, such as id,title,due
    #[arg(long, global = true, value_name = "NAME,...", value_delimiter = ',')]
    pub(crate) fields: Vec<String>,
    /// Filter `data` with a jq expression
    #[arg(long, global = true, value_name = "FILTER", conflicts_with_all = ["format", "quiet"])]
    pub(crate) jq: Option<String>,
    /// Print only ids, one per line
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// When to use colors; `auto` uses them on a terminal unless NO_COLOR is set [default: auto]
    #[arg(long, global = true, value_name = "WHEN", hide_short_help = true)]
    pub(crate) color: Option<ColorArg>,
    /// Say in words what colors and symbols mean
    #[arg(long, global = true, env = "TICKTICK_ACCESSIBLE", hide_env = true, hide_short_help = true, value_parser = flag())]
    pub(crate) accessible: bool,
}

// The options of commands that write.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Writing")]
pub(crate) struct WriteOptions {
    /// Do not ask for confirmation; use --yes=N or --yes=NAME if the command asks for a number or a name
    #[arg(short, long, global = true, value_name = "WORD", num_args = 0..=1, require_equals = true, default_missing_value = "", hide_short_help = true)]
    pub(crate) yes: Option<String>,
    /// Print the requests that would be sent, without sending them
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) dry_run: bool,
    /// Never ask for input; fail instead
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) no_input: bool,
    /// Refuse every operation that may change the account
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) read_only: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormatArg {
    /// Aligned columns, for people
    Table,
    /// One JSON document
    Json,
    /// One JSON value per line, without the document around them
    Ndjson,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values without a header
    Tsv,
    /// A Markdown table
    Md,
    /// Ids, one per line
    Ids,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColorArg {
    Auto,
    Always,
    Never,
}

/// Accepts the usual values of boolean environment variables.
fn flag() -> impl TypedValueParser<Value = bool> {
    PossibleValuesParser::new(["1", "true", "yes", "0", "false", "no", ""])
        .map(|text| matches!(text.as_str(), "1" | "true" | "yes"))
}
