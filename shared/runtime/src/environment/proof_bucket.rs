//! Which bucket the photos are in.

use super::deployment::Core;
use crate::Failure;
use crate::variables::{Refusal, Variables};
use bucket::Bucket;

/// The bucket's name.
pub struct ProofBucket(String);

impl ProofBucket {
    /// `HUMANOPS_PROOF_BUCKET`.
    pub fn read(variables: &Variables) -> Result<Self, Refusal> {
        variables.required("HUMANOPS_PROOF_BUCKET").map(Self)
    }

    /// Where browsers find what is in it: scheme, host and port.
    pub fn origin(&self, core: &Core) -> String {
        bucket::origin(&self.0, &core.aws.settings)
    }

    /// The bucket, in the same account.
    ///
    /// # Errors
    /// As [`Bucket::over`].
    pub fn bucket(self, core: &Core) -> Result<Bucket, Failure> {
        Bucket::over(&self.0, core.aws.connector(), &core.aws.settings)
    }
}
