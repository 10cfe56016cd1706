//! Parts of the day: `morning`, `night`.

use super::cursor::Cursor;
use super::item::Part;

const PARTS: [(&str, Part); 4] =
    [("morning", Part::Morning), ("afternoon", Part::Afternoon), ("evening", Part::Evening), ("night", Part::Night)];

/// Reads the name of a part of the day.
pub(super) fn part(cursor: Cursor<'_>) -> Option<(Part, Cursor<'_>)> {
    PARTS.iter().find_map(|(name, part)| Some((*part, cursor.word(name)?)))
}
