//! Shared parts of the tests of views.

use std::path::Path;

use snapbox::data::DataFormat;
use snapbox::{Data, assert_data_eq};

use super::Look;

/// Compares a drawing with a golden file. `SNAPSHOTS=overwrite` rewrites the file.
pub(super) fn golden(name: &str, drawn: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui").join(format!("{name}.txt"));
    assert_data_eq!(format!("{drawn}\n"), Data::read_from(&path, Some(DataFormat::Text)).raw());
}

#[test]
fn a_look_has_a_width() {
    assert_eq!(Look::new(None, false).width, Look::DEFAULT_WIDTH);
    assert_eq!(Look::new(Some(3), true), Look { width: 20, accessible: true });
}
