//! [`Tool`]: an entry of the table of tools.

use std::pin::Pin;
use std::sync::Arc;

use rmcp::model::{self, JsonObject, ToolAnnotations};

use crate::answer::{self, Answer};
use crate::call::Call;
use crate::failure::Failure;
use crate::schema::portable;

/// The future of a tool.
pub(crate) type Running<'a> = Pin<Box<dyn Future<Output = Result<Answer, Failure>> + Send + 'a>>;

/// An entry of the table of tools.
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    about: &'static str,
    pub(crate) reads: bool,
    destroys: bool,
    repeats: bool,
    pub(crate) input: fn() -> JsonObject,
    output: fn() -> JsonObject,
    pub(crate) run: for<'a> fn(&'a Call<'a>, JsonObject) -> Running<'a>,
}

impl Tool {
    /// A tool that only reads.
    pub(crate) const fn reads(
        name: &'static str,
        about: &'static str,
        input: fn() -> JsonObject,
        run: for<'a> fn(&'a Call<'a>, JsonObject) -> Running<'a>,
    ) -> Self {
        Self { name, about, reads: true, destroys: false, repeats: true, input, output: portable::<answer::Read>, run }
    }

    /// A tool that writes.
    pub(crate) const fn writes(
        name: &'static str,
        about: &'static str,
        input: fn() -> JsonObject,
        run: for<'a> fn(&'a Call<'a>, JsonObject) -> Running<'a>,
    ) -> Self {
        Self {
            name,
            about,
            reads: false,
            destroys: false,
            repeats: false,
            input,
            output: portable::<answer::Write>,
            run,
        }
    }

    /// The tool lists tasks.
    pub(crate) const fn lists(self) -> Self {
        Self { output: portable::<answer::List>, ..self }
    }

    /// The tool removes something.
    pub(crate) const fn destroys(self) -> Self {
        Self { destroys: true, ..self }
    }

    /// Repeating a call has no further effect.
    pub(crate) const fn repeats(self) -> Self {
        Self { repeats: true, ..self }
    }

    /// Returns the tool in the form of the protocol.
    pub(crate) fn describe(&self) -> model::Tool {
        let mut hints = ToolAnnotations::new().read_only(self.reads).open_world(false);
        if !self.reads {
            hints = hints.destructive(self.destroys).idempotent(self.repeats);
        }
        model::Tool::new(self.name, self.about, Arc::new((self.input)()))
            .with_annotations(hints)
            .with_raw_output_schema(Arc::new((self.output)()))
    }
}

/// Declares an entry of the table of tools from its arguments and its function.
macro_rules! tool {
    ($how:ident $name:literal, $about:literal, $args:ty, $run:path) => {
        $crate::tool::Tool::$how($name, $about, $crate::schema::portable::<$args>, |call, args| {
            ::std::boxed::Box::pin(async move { $run(call, $crate::args::read::<$args>(args)?).await })
        })
    };
}
pub(crate) use tool;
