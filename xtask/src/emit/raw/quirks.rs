//! `quirks.rs`: the module whose docs are the quirks, so that functions link to them instead of repeating them.

use quote::quote;

use crate::emit::rust::{self, Scope, prose};
use crate::spec::ir::{Ir, Quirk};

const ABOUT: &str = "\
Unexpected behavior of the service.

Each section describes one quirk, under the name that an [`Operation`](crate::Operation) uses for it.
`docs/quirks.md` in the repository names the affected operations and the sources.
";

/// The file: docs and nothing else.
pub(super) fn file(ir: &Ir) -> String {
    let sections: String = ir.quirks.iter().map(section).collect();
    rust::file("spec/quirks.yaml", &format!("{ABOUT}{sections}"), &Scope::default(), quote!())
}

fn section(quirk: &Quirk) -> String {
    format!(
        "\n# {}\n\n{}.\n\n* {}\n* {}\n* {}\n",
        quirk.id,
        prose(&quirk.title),
        item(&format!("Expected: {}", quirk.expect)),
        item(&format!("Observed: {}", quirk.does)),
        item(&format!("How we handle it: {}", quirk.answer)),
    )
}

/// A paragraph as one item of a list.
fn item(text: &str) -> String {
    prose(text).replace('\n', "\n  ")
}
