//! The thirteen task types and what each allows: one table.

use crate::limits::{REWARD_MAX, REWARD_MIN};
use crate::money::Usd;
use crate::words::words;

words! {
    /// What kind of work a task is.
    TaskType {
        Verification = "VERIFICATION",
        Photo = "PHOTO",
        Delivery = "DELIVERY",
        Inspection = "INSPECTION",
        CaptchaSolving = "CAPTCHA_SOLVING",
        FormFilling = "FORM_FILLING",
        BrowserInteraction = "BROWSER_INTERACTION",
        ContentReview = "CONTENT_REVIEW",
        DataValidation = "DATA_VALIDATION",
        AccountCreation = "ACCOUNT_CREATION",
        ApiKeyProcurement = "API_KEY_PROCUREMENT",
        PhoneVerification = "PHONE_VERIFICATION",
        SubscriptionSetup = "SUBSCRIPTION_SETUP",
    }
}

words! {
    /// Where the work happens.
    TaskDomain { Physical = "PHYSICAL", Digital = "DIGITAL" }
}

words! {
    /// What the operator hands in.
    ProofType { Photo = "PHOTO", Screenshot = "SCREENSHOT", Confirmation = "CONFIRMATION", Artifact = "ARTIFACT" }
}

words! {
    /// How a deployment treats the types that are abused elsewhere (`RESTRICTED_TASK_TYPES`).
    Restriction { Open = "open", Attested = "attested", Disabled = "disabled" }
}

impl TaskType {
    /// PHYSICAL or DIGITAL.
    pub const fn domain(self) -> TaskDomain {
        match self {
            Self::Verification | Self::Photo | Self::Delivery | Self::Inspection => TaskDomain::Physical,
            Self::CaptchaSolving
            | Self::FormFilling
            | Self::BrowserInteraction
            | Self::ContentReview
            | Self::DataValidation
            | Self::AccountCreation
            | Self::ApiKeyProcurement
            | Self::PhoneVerification
            | Self::SubscriptionSetup => TaskDomain::Digital,
        }
    }

    /// 2 for credential tasks, which are delivered end-to-end encrypted; else 1.
    pub const fn tier(self) -> u8 {
        match self {
            Self::AccountCreation | Self::ApiKeyProcurement | Self::PhoneVerification | Self::SubscriptionSetup => 2,
            Self::Verification
            | Self::Photo
            | Self::Delivery
            | Self::Inspection
            | Self::CaptchaSolving
            | Self::FormFilling
            | Self::BrowserInteraction
            | Self::ContentReview
            | Self::DataValidation => 1,
        }
    }

    /// A credential task: needs the agent's public key, delivers an encrypted credential.
    pub const fn is_credential(self) -> bool {
        self.tier() == 2
    }

    /// Lowest reward.
    pub const fn reward_min(self) -> Usd {
        REWARD_MIN
    }

    /// Highest reward (reference, "Digital Tasks").
    pub const fn reward_max(self) -> Usd {
        match self {
            Self::Verification | Self::Photo | Self::Delivery | Self::Inspection => REWARD_MAX,
            Self::CaptchaSolving => Usd::dollars(10),
            Self::FormFilling | Self::DataValidation => Usd::dollars(50),
            Self::BrowserInteraction | Self::AccountCreation => Usd::dollars(100),
            Self::ContentReview | Self::PhoneVerification => Usd::dollars(25),
            Self::ApiKeyProcurement => Usd::dollars(200),
            Self::SubscriptionSetup => Usd::dollars(500),
        }
    }

    /// The proof asked for when the agent names none.
    pub const fn default_proof(self) -> ProofType {
        match self {
            Self::Verification | Self::Photo | Self::Delivery | Self::Inspection => ProofType::Photo,
            Self::CaptchaSolving | Self::FormFilling | Self::BrowserInteraction => ProofType::Screenshot,
            Self::ContentReview | Self::DataValidation => ProofType::Confirmation,
            Self::AccountCreation | Self::ApiKeyProcurement | Self::PhoneVerification | Self::SubscriptionSetup => {
                ProofType::Artifact
            }
        }
    }

    /// Requirements that suit the type, for a client that has none of its own.
    pub const fn default_requirements(self) -> &'static [&'static str] {
        match self {
            Self::Verification => &["Photo that shows what was verified"],
            Self::Photo => &["Photo of the subject"],
            Self::Delivery => &["Photo of the delivered item at its destination"],
            Self::Inspection => &["Photo of each inspected part"],
            Self::CaptchaSolving => &["Screenshot of the completed CAPTCHA"],
            Self::FormFilling => &["Screenshot of the submitted form"],
            Self::BrowserInteraction => &["Screenshot of the final page"],
            Self::ContentReview => &["Written assessment of the content"],
            Self::DataValidation => &["Written result with its source"],
            Self::AccountCreation => &["Login delivered through the encrypted channel"],
            Self::ApiKeyProcurement => &["API key delivered through the encrypted channel"],
            Self::PhoneVerification => &["Code delivered through the encrypted channel"],
            Self::SubscriptionSetup => &["Subscription details delivered through the encrypted channel"],
        }
    }

    /// One of the four types that every platform of this kind sees abused.
    pub const fn is_restricted(self) -> bool {
        matches!(self, Self::CaptchaSolving | Self::AccountCreation | Self::PhoneVerification | Self::ApiKeyProcurement)
    }
}
