//! `ticktick-sim/src/generated`: a trait for each resource and the table of routes.

use std::fmt::Write as _;

use super::names;
use super::rust;
use crate::spec::ir::{Ir, Resource};

/// One file: the traits, `Handlers`, and `ROUTES`.
pub(crate) fn emit(ir: &Ir) -> Vec<(String, String)> {
    let mut out = rust::header("spec/endpoints");
    out.push_str("//! What the simulator answers, by operation.\n\nuse ticktick_raw::{Operation, op};\n\nuse crate::{Call, Reply};\n");
    for resource in &ir.resources {
        out.push_str(&resource_trait(resource));
    }
    let traits: Vec<String> = ir.resources.iter().map(trait_name).collect();
    out.push_str(&rust::item(&format!(
        "/// Every operation of the contract.\npub trait Handlers: {} {{}}\n\nimpl<T: {}> Handlers for T {{}}\n\n/// Answers one call.\npub type Handler = fn(&dyn Handlers, &Call) -> Reply;",
        traits.join(" + "),
        traits.join(" + ")
    )));
    out.push_str("\n/// Every operation with what answers it.\npub static ROUTES: &[(&Operation, Handler)] = &[\n");
    for operation in ir.operations() {
        let _ = writeln!(
            out,
            "    (&op::{}, |handlers, call| handlers.{}(call)),",
            operation.constant(),
            method(operation)
        );
    }
    out.push_str("];\n");
    vec![(super::MODULE.to_owned(), out)]
}

fn trait_name(resource: &Resource) -> String {
    format!("{}Handlers", names::camel(&resource.name))
}

fn method(operation: &crate::spec::ir::Operation) -> String {
    format!("{}_{}", operation.resource, operation.id)
}

fn resource_trait(resource: &Resource) -> String {
    let mut code = rust::doc(&resource.about);
    let _ = writeln!(code, "pub trait {} {{", trait_name(resource));
    for operation in &resource.operations {
        let docs = rust::docs([&*format!("`{} {}`", operation.method, operation.path), &*operation.about]);
        let _ = writeln!(
            code,
            "{docs}fn {}(&self, call: &Call) -> Reply {{ Reply::not_implemented(call) }}",
            method(operation)
        );
    }
    code.push('}');
    rust::item(&code)
}
