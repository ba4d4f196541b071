//! Credentials: the key pair is made on the agent's own machine, and only there they are opened.

use super::{Field, Kind, SPENDS, TASK_ID, Tool, WRITES, can_have, has, may, need, posting};
use crate::arguments::Arguments;
use crate::refusal::Refusal;
use crate::session::{Home, Object, Session};
use contract::tasks::task_types;
use humanops_client::operations;
use serde_json::{Map, Value, json};

pub(super) const DISPATCH: Tool = Tool {
    name: "dispatch_credential_task",
    title: "Dispatch credential task",
    about: "Posts a task whose result is a secret, such as an API key: the operator seals it, end to end, and nobody else can \
            read it. When it waits for you, open it with retrieve_credential, try it, and decide with review_task.",
    about_home: [
        " The key pair is made and kept on this machine, never shown.",
        " The key pair is yours: give the public half, keep the private one out of this conversation.",
    ],
    hints: SPENDS,
    operation: "createTask",
    params: &[
        need("title"),
        need("description"),
        need("credential_category").field("task_type").words(task_types::credentials),
        posting::REWARD,
        posting::DEADLINE,
        need("agent_public_key").at_home(false),
        may("digital_instructions"),
        posting::AUTHORIZATION,
        may("callback_url"),
        may("idempotency_key").own(super::text).about("As with post_task."),
    ],
    output: posting::POSTED,
    run: |session, arguments| Box::pin(dispatch(session, arguments)),
};

pub(super) const RETRIEVE: Tool = Tool {
    name: "retrieve_credential",
    title: "Retrieve credential",
    about: "Gets the credential that an operator handed in for a credential task.",
    about_home: [
        " It is opened here and written to a file that only you can read: returns its path and the names of its fields. With \
         reveal it is returned, and so becomes part of this conversation.",
        " Returns it as it was sealed: open it with your private key (docs/CREDENTIALS.md).",
    ],
    hints: super::Hints { is_open_world: true, ..WRITES },
    operation: "retrieveCredential",
    params: &[
        TASK_ID,
        may("reveal")
            .own(|| json!({ "type": "boolean" }))
            .about("Return the secret itself. Only if it must be in this conversation.")
            .at_home(true),
    ],
    output: RETRIEVED,
    run: |session, arguments| Box::pin(retrieve(session, arguments)),
};

const RETRIEVED: &[Field] = &[
    has("task_id", Kind::Text),
    can_have("path", Kind::Text),
    can_have("encrypted_credential", Kind::Object),
    can_have("operator_text", Kind::Object),
    can_have("notice", Kind::Text),
];

async fn dispatch(session: &Session, mut arguments: Arguments) -> Result<Map<String, Value>, Refusal> {
    let category = arguments.0.get("task_type").and_then(Value::as_str).unwrap_or_default();
    let usual = session.client.usual_proof(&category.into()).await?;
    arguments.0.insert("proof_requirements".to_owned(), usual.into());
    match &session.home {
        Home::Remote => posting::post(session, arguments).await,
        #[cfg(feature = "stdio")]
        Home::Own(keys) => {
            let account = session.client.get_agent().await?.agent_id;
            let kept = keys.for_request(&account, &arguments.0)?;
            arguments.0.insert("agent_public_key".to_owned(), kept.public_key.into());
            let mut posted = posting::post(session, arguments).await?;
            posted.insert("key_fingerprint".to_owned(), kept.fingerprint.into());
            Ok(posted)
        }
    }
}

async fn retrieve(session: &Session, mut arguments: Arguments) -> Result<Map<String, Value>, Refusal> {
    let id = arguments.take_id()?;
    // Of a task that is not there it says so; of one that is, that there is no credential yet.
    let task = session.task(&id).await?;
    if task.get("agent_public_key").is_none_or(Value::is_null) {
        return Err(Refusal::new("no_credential_task", "This task was not posted as a credential task.")
            .next("get_task_result shows what its operator handed in."));
    }
    let answer = session.client.request::<Object>(operations::RETRIEVE_CREDENTIAL).id(&id).await;
    let answer = answer.map_err(Refusal::from).map_err(|refusal| {
        if refusal.is("not_found") || refusal.is("credential_not_ready") { too_early() } else { refusal }
    })?;
    match &session.home {
        Home::Remote => Ok(super::picked(answer, RETRIEVED)),
        #[cfg(feature = "stdio")]
        Home::Own(keys) => {
            let is_revealed = arguments.take_flag("reveal")?;
            let opened = keys.opened(&id, &task, answer)?;
            own::handed_over(keys, &id, &opened, is_revealed)
        }
    }
}

fn too_early() -> Refusal {
    Refusal::new("credential_not_ready", "No credential can be retrieved yet.")
        .next("Look at get_task_result: the credential is there when the task waits for your review.")
}

#[cfg(feature = "stdio")]
mod own {
    //! What is opened on the agent's own machine.

    use crate::keys::Keys;
    use crate::refusal::Refusal;
    use crate::stranger;
    use serde_json::{Map, Value, json};

    /// Names of a credential's fields that are told.
    const NAMES_MAX: usize = 50;

    /// Into a file, or into the conversation.
    pub(super) fn handed_over(
        keys: &Keys,
        id: &str,
        opened: &Value,
        is_revealed: bool,
    ) -> Result<Map<String, Value>, Refusal> {
        let mut result = Map::from_iter([("task_id".to_owned(), id.into())]);
        let said = if is_revealed {
            // As it is: a secret with a changed character opens nothing.
            json!({ "credential": opened })
        } else {
            result.insert("path".to_owned(), keys.write_credential(id, opened)?.into());
            let names = opened.as_object().into_iter().flatten().map(|(name, _)| name).take(NAMES_MAX);
            stranger::quoted(&json!({ "field_names": names.collect::<Vec<_>>() }))
        };
        result.insert(stranger::KEY.to_owned(), said);
        Ok(result)
    }
}
