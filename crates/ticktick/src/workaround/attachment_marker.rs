//! An image may be visible in the text of a task only where a marker refers to it.

use ticktick_models::{Attachment, AttachmentId, Task, TaskKind};

/// Adds the marker of an image to the text, unless it is there.
pub(crate) fn add(task: &mut Task, image: &Attachment) {
    let marker = format!(
        "![image]({}/{})",
        AsRef::<AttachmentId>::as_ref(image),
        image.file_name.as_deref().unwrap_or_default()
    );
    // The text of a checklist has its own key.
    let body = if task.kind == TaskKind::Checklist { &mut task.desc } else { &mut task.content };
    let text = body.as_deref().unwrap_or_default();
    if text.contains(&marker) {
        return;
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    *body = format!("{text}{gap}{marker}\n").into();
}
