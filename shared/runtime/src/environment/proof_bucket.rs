//! Which bucket the photos are in.

use super::deployment::Core;
use crate::Failure;
use crate::aws::Aws;
use crate::variables::{Refusal, Variables};
use bucket::Bucket;
use url::Url;

/// The bucket's name.
pub struct ProofBucket(String);

impl ProofBucket {
    /// `HUMANOPS_PROOF_BUCKET`.
    pub fn read(variables: &Variables) -> Result<Self, Refusal> {
        variables.required("HUMANOPS_PROOF_BUCKET").map(Self)
    }

    /// The bucket, in the same account.
    ///
    /// # Errors
    /// `AWS_ENDPOINT_URL` is no URL.
    pub fn bucket(self, core: &Core) -> Result<Bucket, Failure> {
        let Self(name) = self;
        let Aws { region, endpoint, access_key_id, secret_access_key, session_token } = core.aws.clone();
        let base = match endpoint {
            Some(endpoint) => format!("{}/{name}", endpoint.trim_end_matches('/')),
            None => format!("https://{name}.s3.{region}.amazonaws.com"),
        };
        let base_url = Url::parse(&base)?;
        Ok(Bucket::new(bucket::Access { base_url, region, access_key_id, secret_access_key, session_token }))
    }
}
