//! Links release builds for size and for a quick start.
//!
//! - The tables for unwinding are left out, because a panic aborts. They are a tenth of the program.
//! - On Linux with glibc, the program is linked to a fixed address. Otherwise the loader has to correct 25,000 pointers each
//!   time the program starts, which takes half as long as an empty program runs. The libraries, the heap and the stack still
//!   have random addresses.
//! - There, the unwinder that comes with the C compiler is a part of the program, too. Otherwise the loader has to find and
//!   map libgcc_s.so, which takes a tenth as long as an empty program runs.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=no-unwind.ld");
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    // GNU ld and LLD, which rustc uses by default, read the script. Other linkers may not.
    let is_default = env::var_os("RUSTC_LINKER").is_none()
        && !env::var("CARGO_ENCODED_RUSTFLAGS").is_ok_and(|flags| flags.contains("link"));
    if is_default && is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is("HOST", &target()) {
        let script = format!("{}/no-unwind.ld", env::var("CARGO_MANIFEST_DIR").unwrap_or_default());
        println!("cargo:rustc-link-arg-bins=-Wl,-T,{script}");
        if is("CARGO_CFG_TARGET_ENV", "gnu") {
            println!("cargo:rustc-link-arg-bins=-no-pie");
            if compiler_has("libgcc_eh.a") {
                println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
            }
        }
    }
}

/// Returns whether the C compiler, which links the program, has a library of its own.
fn compiler_has(library: &str) -> bool {
    let found = Command::new("cc").arg(format!("-print-file-name={library}")).output();
    found.is_ok_and(|found| Path::new(String::from_utf8_lossy(&found.stdout).trim()).is_absolute())
}

fn target() -> String {
    env::var("TARGET").unwrap_or_default()
}
