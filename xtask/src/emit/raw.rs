//! `ticktick-raw/src/generated`: one function per operation, the table of operations, quirks, error codes.

mod error_codes;
mod function;
mod operations;
mod quirks;

use quote::quote;

use super::names::ident;
use super::rust::{self, Scope};
use crate::spec::ir::{Ir, Resource};

/// Two files for each resource (functions, and operations as data), and what they share.
pub(crate) fn emit(ir: &Ir) -> Vec<(String, String)> {
    let mut files = vec![
        (super::MODULE.to_owned(), module(ir)),
        ("error_code.rs".to_owned(), error_codes::file(ir)),
        ("operations.rs".to_owned(), operations::table(ir)),
        ("quirks.rs".to_owned(), quirks::file(ir)),
    ];
    for resource in &ir.resources {
        files.push((format!("{}.rs", resource.name), functions(resource, ir)));
        files.push((format!("operations/{}.rs", resource.name), operations::file(resource, ir)));
    }
    files
}

fn module(ir: &Ir) -> String {
    let about = "One module for each file of `spec/endpoints`.";
    let resources = ir.resources.iter().map(|resource| ident(&resource.name));
    let items = quote! {
        mod error_code;
        mod operations;
        pub mod quirks;
        #(pub mod #resources;)*
        pub use error_code::ErrorCode;
        pub use operations::{OPERATIONS, op};
    };
    rust::file("spec/endpoints", about, &Scope::default(), items)
}

fn functions(resource: &Resource, ir: &Ir) -> String {
    let scope = scope(ir).with("crate", ["Call", "Error", "FileUpload", "Transport", "op"]);
    let about = format!("{}\n\nAll functions return the same [errors](crate#errors).", rust::prose(&resource.about));
    let items = resource.operations.iter().map(function::emit).collect();
    rust::file(&source(resource), &about, &scope, items)
}

fn source(resource: &Resource) -> String {
    format!("spec/endpoints/{}.yaml", resource.name)
}

/// The types that signatures name.
fn scope(ir: &Ir) -> Scope<'_> {
    Scope::default().with("ticktick_models", ir.types()).with("std::collections", ["BTreeMap"])
}
