//! `cargo xtask spec list` and `spec show`.

use std::fmt::Write as _;

use crate::spec::ir::{Body, Ir};

/// Lists one line per operation: name, call, description.
pub(crate) fn list(ir: &Ir) -> String {
    let mut out = String::new();
    for operation in ir.operations() {
        let _ = writeln!(
            out,
            "{:<34} {:<6} {:<58} {}",
            operation.name(),
            operation.method,
            operation.path,
            operation.evidence.level.to_lowercase()
        );
    }
    let _ = writeln!(out, "{} operations", ir.operations().count());
    out
}

/// Shows everything that the spec states about one operation.
pub(crate) fn show(ir: &Ir, name: &str) -> Result<String, String> {
    let found = ir.operations().find(|operation| operation.name() == name);
    let operation =
        found.ok_or_else(|| format!("error: no operation `{name}`\ncure: `cargo xtask spec list` names them all"))?;
    let mut out = format!("{name}\n{} {}\n\n{}\n", operation.method, operation.path, operation.about);
    for param in &operation.params {
        let need = if param.required { "" } else { "?" };
        let _ = writeln!(
            out,
            "  {}{need}: {} in {}. {}",
            param.name,
            param.ty.words(),
            param.place.to_lowercase(),
            param.about
        );
    }
    match &operation.body {
        Some(Body::Json(ty) | Body::Form(ty)) => {
            let _ = writeln!(out, "  body: {}", ty.words());
        }
        Some(Body::Multipart(part)) => {
            let _ = writeln!(out, "  body: file in part `{part}`");
        }
        None => {}
    }
    let _ = writeln!(out, "  returns: {}", operation.returns.words());
    let _ = writeln!(out, "  auth {}, host {}, retry {}", operation.auth, operation.host, operation.retry);
    for id in &operation.quirks {
        if let Some(quirk) = ir.quirks.iter().find(|quirk| quirk.id.text == id.text) {
            let _ = writeln!(out, "  quirk {id}: {}", quirk.does);
        }
    }
    let by: Vec<&str> = operation.evidence.by.iter().map(|by| by.text.as_str()).collect();
    let _ =
        writeln!(out, "  {} by {} ({})", operation.evidence.level.to_lowercase(), by.join(", "), operation.evidence.on);
    Ok(out)
}
