//! Parses multipart forms with a file.

use crate::exchange::call::Call;
use crate::world::file::Upload;

/// Finds a part of a form by name.
pub(crate) fn part<'a>(content_type: &str, body: &'a [u8], wanted: &str) -> Option<Upload<'a>> {
    let edge = boundary(content_type)?;
    let delimiter = [b"\r\n--", edge.as_bytes()].concat();
    // The first delimiter may lack the line break.
    let mut rest = match body.strip_prefix(&delimiter[2..]) {
        Some(rest) => rest,
        None => after(body, &delimiter)?,
    };
    loop {
        // Two dashes end the form. Spaces may precede the line break.
        if rest.starts_with(b"--") {
            return None;
        }
        let part = after(rest, b"\r\n")?;
        let end = find(part, &delimiter)?;
        if let Some(edge) = find(&part[..end], b"\r\n\r\n")
            && let Some(upload) = upload(&part[..edge], &part[edge + 4..end], wanted)
        {
            return Some(upload);
        }
        rest = &part[end + delimiter.len()..];
    }
}

fn upload<'a>(head: &[u8], bytes: &'a [u8], wanted: &str) -> Option<Upload<'a>> {
    let head = String::from_utf8_lossy(head);
    let header = |name: &str| {
        let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
        lines.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    };
    let disposition = header("content-disposition")?;
    if parameter(disposition, "name")? != wanted {
        return None;
    }
    let mime = header("content-type").unwrap_or("application/octet-stream");
    let name = parameter(disposition, "filename").unwrap_or_default();
    Some(Upload { name, mime: mime.to_owned(), bytes })
}

fn boundary(content_type: &str) -> Option<String> {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    let is_form = kind.eq_ignore_ascii_case("multipart/form-data");
    parameter(content_type, "boundary").filter(|edge| is_form && !edge.is_empty())
}

/// Parses `; name=value` or `; name="value"` in a header.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (key, value) = rest.split_once('=')?;
        let (value, left) = match value.strip_prefix('"') {
            Some(quoted) => unquoted(quoted)?,
            None => {
                let (value, left) = value.split_once(';').unwrap_or((value, ""));
                (value.trim().to_owned(), left)
            }
        };
        if key.trim_matches([' ', ';', '\t']).eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = left;
    }
}

/// Parses a text up to its closing quote. A backslash escapes a quote.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((place, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &text[place + 1..])),
            // Browsers do not escape backslashes in Windows paths.
            '\\' if text[place + 1..].starts_with(['"', '\\']) => value.extend(letters.next().map(|(_, next)| next)),
            _ => value.push(letter),
        }
    }
    None
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    // Finds candidates by their first byte, because files are long.
    let (first, mut from) = (*wanted.first()?, 0);
    loop {
        let place = from + text[from..].iter().position(|byte| *byte == first)?;
        if text[place..].starts_with(wanted) {
            return Some(place);
        }
        from = place + 1;
    }
}

fn after<'a>(text: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    Some(&text[find(text, wanted)? + wanted.len()..])
}

/// Returns a field of a multipart form.
pub(crate) fn form_field(call: &Call, name: &str) -> Option<String> {
    let part = part(call.header("content-type").unwrap_or_default(), call.body(), name)?;
    Some(String::from_utf8_lossy(part.bytes).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=edge";

    #[test]
    fn the_part_is_found_among_others() {
        let body = b"preamble\r\n--edge\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n--edg\r\n\
            --edge  \r\ncontent-type: image/png\r\ncontent-disposition: form-data; filename=\"a;\\\"b.png\"; name=\"file\"\
            \r\n\r\n\r\n\0\xff--edge\r\n\r\n--edge--\r\n";
        let upload = part(TYPE, body, "file").unwrap();
        assert_eq!(upload.name.as_str(), "a;\"b.png");
        assert_eq!(upload.mime.as_str(), "image/png");
        assert_eq!(upload.bytes, b"\r\n\0\xff--edge\r\n");
    }

    #[test]
    fn a_bare_part_has_a_type_and_no_name() {
        let body = b"--edge\r\nContent-Disposition: form-data; name=file\r\n\r\n\r\n--edge--";
        let upload = part("Multipart/Form-Data;boundary=\"edge\"", body, "file").unwrap();
        assert_eq!(upload, Upload { name: String::new(), mime: "application/octet-stream".into(), bytes: b"" });
    }

    #[test]
    fn what_is_no_form_has_no_part() {
        let whole = b"--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nbytes\r\n--edge--";
        assert!(part(TYPE, whole, "file").is_some());
        assert_eq!(part(TYPE, whole, "other"), None);
        for kind in [
            "",
            "application/json",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "text/plain; boundary=edge",
        ] {
            assert_eq!(part(kind, whole, "file"), None, "{kind}");
        }
        for end in 0..whole.len() - 2 {
            drop(part(TYPE, &whole[..end], "file"));
        }
        for body in [
            "",
            "--edge",
            "--edge--",
            "--edge\r\n",
            "--edge\r\n\r\n",
            "--edge\r\n\r\n\r\n--edge",
            "--edge\r\n\r\n--edge--",
        ] {
            assert_eq!(part(TYPE, body.as_bytes(), "file"), None, "{body:?}");
        }
    }
}
