//! The handler of the client: what its user answers, and what it has received.

use std::sync::{Arc, Mutex};

use rmcp::ClientHandler;
use rmcp::model::{
    ClientCapabilities, ClientConfig, ElicitRequestParams, ElicitResult, ElicitationAction, ElicitationCapability,
    ErrorData, Implementation, ProgressNotificationParam, ResourceUpdatedNotificationParam,
};
use rmcp::service::{NotificationContext, RequestContext, RoleClient};
use tokio::sync::Notify;

/// What the user of the client does when asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum User {
    /// The client cannot ask.
    #[default]
    Nobody,
    Agrees,
    Declines,
    /// Never answers.
    Sleeps,
}

#[derive(Default)]
pub(crate) struct Agent {
    pub(crate) user: User,
    pub(crate) seen: Arc<Seen>,
}

/// What the client has received.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) questions: Mutex<Vec<String>>,
    pub(crate) progress: Mutex<Vec<(f64, String)>>,
    pub(crate) updates: Mutex<Vec<String>>,
    pub(crate) updated: Notify,
}

impl ClientHandler for Agent {
    fn get_info(&self) -> ClientConfig {
        let mut capabilities = ClientCapabilities::default();
        capabilities.elicitation = (self.user != User::Nobody).then(ElicitationCapability::default);
        ClientConfig::new(capabilities, Implementation::new("agent", "1"))
    }

    async fn create_elicitation(
        &self,
        request: ElicitRequestParams,
        _: RequestContext<RoleClient>,
    ) -> Result<ElicitResult, ErrorData> {
        let ElicitRequestParams::FormElicitationParams { message, requested_schema, .. } = request else {
            return Err(ErrorData::invalid_params("not a form", None));
        };
        assert!(requested_schema.properties.is_empty());
        self.seen.questions.lock().unwrap().push(message);
        match self.user {
            User::Agrees => Ok(ElicitResult::new(ElicitationAction::Accept)),
            User::Sleeps => std::future::pending().await,
            _ => Ok(ElicitResult::new(ElicitationAction::Decline)),
        }
    }

    async fn on_progress(&self, params: ProgressNotificationParam, _: NotificationContext<RoleClient>) {
        self.seen.progress.lock().unwrap().push((params.progress, params.message.unwrap_or_default()));
    }

    async fn on_resource_updated(&self, params: ResourceUpdatedNotificationParam, _: NotificationContext<RoleClient>) {
        self.seen.updates.lock().unwrap().push(params.uri);
        self.seen.updated.notify_one();
    }
}
