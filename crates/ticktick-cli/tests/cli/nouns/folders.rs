//! `ticktick folder`.

use super::{Case, compare};

pub(super) const CASES: &[Case] = &[
    ("folder list", "FolderList"),
    ("folder show office", "ProjectList"),
    ("folder create Garden", "FolderList"),
    ("folder rename office Desk", "FolderList"),
    ("folder delete private", "FolderList"),
];

#[test]
fn folders_are_managed() {
    compare("folders", CASES);
}
