//! The official Open API: the same accounts, accessed with tokens and in its own format.

mod body;
mod complete;
mod find;
mod focus;
mod found;
mod gate;
mod habit;
mod oauth;
mod place;
mod project;
mod row;
mod shelf;
mod sundry;
mod task;
#[cfg(test)]
mod tests;
mod view;
mod written;

use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::reply::Reply;
use crate::generated::OpenHandlers;

impl OpenHandlers for Context {
    fn open_authorize(&self, call: &Call) -> Reply {
        oauth::authorize(self, call)
    }

    fn open_exchange_code(&self, call: &Call) -> Reply {
        oauth::exchange(self, call)
    }

    fn open_list_projects(&self, call: &Call) -> Reply {
        self.open(call, |account| project::list(account, call))
    }

    fn open_get_project(&self, call: &Call) -> Reply {
        self.open(call, |account| project::get(account, call))
    }

    fn open_get_project_data(&self, call: &Call) -> Reply {
        self.open(call, |account| project::data(account, call))
    }

    fn open_create_project(&self, call: &Call) -> Reply {
        self.open(call, |account| project::create(account, call))
    }

    fn open_update_project(&self, call: &Call) -> Reply {
        self.open(call, |account| project::update(account, call))
    }

    fn open_delete_project(&self, call: &Call) -> Reply {
        self.open(call, |account| project::delete(account, call))
    }

    fn open_get_task(&self, call: &Call) -> Reply {
        self.open(call, |account| task::get(account, call))
    }

    fn open_create_task(&self, call: &Call) -> Reply {
        self.open(call, |account| task::create(account, call))
    }

    fn open_update_task(&self, call: &Call) -> Reply {
        self.open(call, |account| task::update(account, call))
    }

    fn open_complete_task(&self, call: &Call) -> Reply {
        self.open(call, |account| task::finish(account, call))
    }

    fn open_delete_task(&self, call: &Call) -> Reply {
        self.open(call, |account| task::delete(account, call))
    }

    fn open_move_tasks(&self, call: &Call) -> Reply {
        self.open(call, |account| place::move_all(account, call))
    }

    fn open_list_completed_tasks(&self, call: &Call) -> Reply {
        self.open(call, |account| find::completed(account, call))
    }

    fn open_filter_tasks(&self, call: &Call) -> Reply {
        self.open(call, |account| find::filtered(account, call))
    }

    fn open_get_focus(&self, call: &Call) -> Reply {
        self.open(call, |account| focus::get(account, call))
    }

    fn open_list_focus(&self, call: &Call) -> Reply {
        self.open(call, |account| focus::list(account, call))
    }

    fn open_delete_focus(&self, call: &Call) -> Reply {
        self.open(call, |account| focus::delete(account, call))
    }

    fn open_list_habits(&self, call: &Call) -> Reply {
        self.open(call, |account| habit::list(account))
    }

    fn open_get_habit(&self, call: &Call) -> Reply {
        self.open(call, |account| habit::get(account, call))
    }

    fn open_create_habit(&self, call: &Call) -> Reply {
        self.open(call, |account| habit::create(account, call))
    }

    fn open_update_habit(&self, call: &Call) -> Reply {
        self.open(call, |account| habit::update(account, call))
    }

    fn open_check_in_habit(&self, call: &Call) -> Reply {
        self.open(call, |account| habit::check_in(account, call))
    }

    fn open_list_habit_checkins(&self, call: &Call) -> Reply {
        self.open(call, |account| habit::list_check_ins(account, call))
    }

    fn open_list_comments(&self, call: &Call) -> Reply {
        self.open(call, |account| sundry::list_comments(account, call))
    }

    fn open_create_comment(&self, call: &Call) -> Reply {
        self.open(call, |account| sundry::create_comment(account, call))
    }

    fn open_delete_comment(&self, call: &Call) -> Reply {
        self.open(call, |account| sundry::delete_comment(account, call))
    }

    fn open_list_groups(&self, call: &Call) -> Reply {
        self.open(call, |account| project::list_groups(account))
    }

    fn open_create_group(&self, call: &Call) -> Reply {
        self.open(call, |account| project::create_group(account, call))
    }

    fn open_update_group(&self, call: &Call) -> Reply {
        self.open(call, |account| project::update_group(account, call))
    }

    fn open_delete_group(&self, call: &Call) -> Reply {
        self.open(call, |account| project::delete_group(account, call))
    }

    fn open_list_columns(&self, call: &Call) -> Reply {
        self.open(call, |account| project::list_columns(account, call))
    }

    fn open_create_column(&self, call: &Call) -> Reply {
        self.open(call, |account| project::create_column(account, call))
    }

    fn open_update_column(&self, call: &Call) -> Reply {
        self.open(call, |account| project::update_column(account, call))
    }

    fn open_list_tags(&self, call: &Call) -> Reply {
        self.open(call, |account| sundry::list_tags(account))
    }

    fn open_create_tag(&self, call: &Call) -> Reply {
        self.open(call, |account| sundry::create_tag(account, call))
    }

    fn open_revoke_token(&self, call: &Call) -> Reply {
        oauth::revoke(self, call)
    }

    fn open_complete_tasks(&self, call: &Call) -> Reply {
        self.open(call, |account| task::finish_many(account, call))
    }

    fn open_assign_task(&self, call: &Call) -> Reply {
        self.open(call, |account| place::assign(account, call))
    }

    fn open_unassign_task(&self, call: &Call) -> Reply {
        self.open(call, |account| place::unassign(account, call))
    }

    fn open_list_undone_tasks(&self, call: &Call) -> Reply {
        self.open(call, |account| find::undone(account, call))
    }

    fn open_update_focus(&self, call: &Call) -> Reply {
        self.open(call, |account| focus::update(account, call))
    }

    fn open_list_habit_sections(&self, call: &Call) -> Reply {
        self.open(call, |account| habit::list_sections(account))
    }

    fn open_rename_tag(&self, call: &Call) -> Reply {
        self.open(call, |account| sundry::rename_tag(account, call))
    }

    fn open_update_tag(&self, call: &Call) -> Reply {
        self.open(call, |account| sundry::update_tag(account, call))
    }

    fn open_delete_tag(&self, call: &Call) -> Reply {
        self.open(call, |account| sundry::delete_tag(account, call))
    }

    fn open_list_countdowns(&self, call: &Call) -> Reply {
        self.open(call, |account| sundry::list_countdowns(account))
    }

    fn open_create_focus(&self, call: &Call) -> Reply {
        self.open(call, |account| focus::create(account, call))
    }

    fn open_search_tasks(&self, call: &Call) -> Reply {
        self.open(call, |account| find::searched(account, call))
    }

    fn open_batch_tasks(&self, call: &Call) -> Reply {
        self.open(call, |account| task::batch(account, call))
    }

    fn open_preference(&self, call: &Call) -> Reply {
        self.open(call, |account| sundry::preference(account))
    }

    fn open_list_members(&self, call: &Call) -> Reply {
        self.open(call, |account| project::members(account, call))
    }
}
