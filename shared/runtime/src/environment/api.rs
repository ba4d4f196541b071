//! What a function with endpoints needs: the way in, and who may come in by it.

use super::deployment::Core;
use crate::Failure;
use crate::variables::{Refusal, Variables};
use identity::{Sessions, Unfit};
use outbound::Reach;
use web::gate::Settings;
use web::keys::AdminKeys;
use web::{Gate, SignIn};

pub struct Api {
    pub core: Core,
    admin_keys: AdminKeys,
    sign_in: SignIn,
}

impl Api {
    /// As [`Core::read`], and `HUMANOPS_ADMIN_KEYS`.
    pub fn read(variables: &Variables) -> Result<Self, Refusal> {
        let name = "HUMANOPS_ADMIN_KEYS";
        let admin_keys = variables.required(name)?.parse::<AdminKeys>();
        Ok(Self {
            core: Core::read(variables)?,
            admin_keys: admin_keys.map_err(|wanted| Refusal::Malformed { name, wanted })?,
            sign_in: SignIn::default(),
        })
    }

    /// For a function with endpoints of operators, also `CLERK_ISSUER`, `CLERK_AUTHORIZED_PARTIES`, `CLERK_JWT_KEY` and
    /// `ALLOW_DEV_OPERATOR_ID_HEADER`.
    ///
    /// # Errors
    /// Settings that must not go together.
    pub fn for_operators(self, variables: &Variables) -> Result<Self, Failure> {
        let id_header = variables.flag("ALLOW_DEV_OPERATOR_ID_HEADER")?;
        let sign_in = SignIn::new(self.core.mode, id_header, sessions(variables)?)?;
        Ok(Self { sign_in, ..self })
    }

    /// The way in, with the store behind it.
    ///
    /// # Errors
    /// As [`Core::store`].
    pub async fn gate(self) -> Result<Gate, Failure> {
        let Self { core, admin_keys, sign_in } = self;
        let settings = Settings { mode: core.mode, admin_keys, sign_in };
        Ok(Gate::new(core.store_for_requests().await?, settings))
    }
}

/// The sessions of operators, where there is an issuer of them. It is a public one: in Lambda, loopback is the runtime
/// API.
fn sessions(variables: &Variables) -> Result<Option<Sessions>, Refusal> {
    let Some(issuer) = variables.optional("CLERK_ISSUER") else { return Ok(None) };
    let parties = variables.required("CLERK_AUTHORIZED_PARTIES")?;
    let pinned = variables.optional("CLERK_JWT_KEY");
    let sessions = Sessions::new(&issuer, &parties, pinned.as_deref(), Reach::PublicOnly);
    sessions.map(Some).map_err(|Unfit { name, wanted }| Refusal::Malformed { name, wanted })
}
