//! Undoes writes of comments, check-ins and focus records, whose calls differ from those of other objects.

use ticktick_models::{
    BatchCheckins, CheckinStatus, CommentId, Field, FocusId, FocusRecord, HabitCheckin, Json, Number, Object,
};
use ticktick_raw as raw;

use super::Undo;
use crate::habit::check_ins;
use crate::mirror::action::ChangeAction;
use crate::mirror::conflict::same;
use crate::mirror::members::Members;
use crate::{Error, focus};

impl Undo<'_> {
    /// Deletes a comment, restores its text, or adds it again.
    pub(super) async fn comment(&self) -> Result<Option<String>, Error> {
        let task =
            self.change.owner.as_deref().ok_or_else(|| self.unsupported("the task of the comment is unknown"))?;
        let comments = self.client.task().comments(task);
        let id = CommentId::from(self.change.id.as_str());
        let text = |json: Option<&Json>| Ok::<_, Error>(Members(self.decode(json)?).text("title").unwrap_or_default());
        if self.change.action == ChangeAction::Delete {
            let again = comments.add(text(self.change.before.as_ref())?).await?;
            return Ok(Some(again.id.to_string()));
        }
        let stored = comments.list().await?.into_iter().find(|comment| comment.id == id);
        let stored = stored.ok_or_else(|| Error::not_found("comment", &id))?;
        if stored.title != text(self.change.after.as_ref())? {
            return Err(self.conflict(&Object::encode(&stored).unwrap_or_default()));
        }
        if self.change.action == ChangeAction::Create {
            comments.delete(&id).await?;
        } else {
            comments.edit(&id, text(self.change.before.as_ref())?).await?;
        }
        Ok(None)
    }

    /// Removes or restores a check-in. The habit's counters are a separate change of the same command.
    pub(super) async fn check_in(&self) -> Result<Option<String>, Error> {
        let written: HabitCheckin = self.decode(self.change.after.as_ref().or(self.change.before.as_ref()))?;
        let day = written.checkin_stamp.date().ok_or_else(|| self.unsupported("the check-in has no day"))?;
        let stored = check_ins::query(self.client, vec![written.habit_id.clone()], Some(day)).await?;
        let stored = stored.into_iter().find(|stored| stored.checkin_stamp == written.checkin_stamp);
        let current = stored.as_ref().and_then(|stored| Object::encode(stored).ok()).unwrap_or_default();
        if let Some(after) = &self.change.after {
            let after: Object = self.decode(Some(after))?;
            if ["status", "value", "goal"].iter().any(|key| !same(current.get(key), after.get(key))) {
                return Err(self.conflict(&current));
            }
        }
        let mut batch = BatchCheckins::default();
        match self.change.action {
            // The service cannot delete check-ins, but one in progress without a value counts as none.
            ChangeAction::Create => {
                let mut nothing = stored.ok_or_else(|| self.unsupported("the check-in no longer exists"))?;
                (nothing.status, nothing.value) = (CheckinStatus::InProgress.into(), Number::from(0).into());
                nothing.checkin_time = Field::Null;
                batch.update.push(nothing);
            }
            ChangeAction::Update => batch.update.push(self.decode(self.change.before.as_ref())?),
            ChangeAction::Delete => batch.add.push(self.decode(self.change.before.as_ref())?),
        }
        raw::habit::batch_check_ins(self.client.wire(), &batch).await?;
        Ok(None)
    }

    /// Deletes a focus record, restores it, or creates it again.
    pub(super) async fn focus(&self) -> Result<Option<String>, Error> {
        if self.change.action == ChangeAction::Delete {
            let mut record: FocusRecord = self.decode(self.change.before.as_ref())?;
            record.id = FocusId::new_with(&mut self.client.ids());
            record.etag.clear();
            let again = focus::store_new(self.client, record, false).await?;
            return Ok(Some(again.id.to_string()));
        }
        let written: FocusRecord = self.decode(self.change.after.as_ref())?;
        let start = written.start_time.get().and_then(|time| time.instant());
        let start = start.ok_or_else(|| self.unsupported("the focus record has no start"))?;
        let near = jiff::SignedDuration::from_hours(1);
        let records = self.client.focus().records(start - near..start + near).await?;
        let stored = records.into_iter().find(|record| record.id.as_str() == self.change.id);
        let stored = stored.ok_or_else(|| Error::not_found("focus record", &self.change.id))?;
        self.check_untouched(&stored)?;
        if self.change.action == ChangeAction::Create {
            self.client.focus().delete(&stored).await?;
        } else {
            let mut before: FocusRecord = self.decode(self.change.before.as_ref())?;
            before.etag = stored.etag;
            self.client.focus().overwrite(&before).await?;
        }
        Ok(None)
    }
}
