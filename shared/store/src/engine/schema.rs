//! The three tables and four indexes. `create` makes them on an embedded engine; on AWS the SAM
//! template does, and a test compares the two.

use crate::{Store, StoreError, unavailable};
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::operation::create_table::CreateTableInput;
use aws_sdk_dynamodb::operation::update_time_to_live::UpdateTimeToLiveInput;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, StreamSpecification, StreamViewType, TimeToLiveSpecification,
};

/// The names of the three tables in a deployment.
#[derive(Clone, Debug)]
pub struct Tables {
    /// Keys, tasks, operators, payouts: everything with an index. Its stream is the outbox.
    pub core: String,
    /// Balances and journal.
    pub ledger: String,
    /// What may be lost: rate counters, events, delivery log, duplicate markers. Items expire.
    pub edge: String,
}

impl Tables {
    /// `<prefix>core`, `<prefix>ledger`, `<prefix>edge`.
    pub fn prefixed(prefix: &str) -> Self {
        let name = |table: &str| format!("{prefix}{table}");
        Self { core: name("core"), ledger: name("ledger"), edge: name("edge") }
    }
}

/// An index of `core`: its name, the stem of its key attributes, and what it copies.
#[derive(Debug)]
pub struct Index {
    /// DynamoDB wants at least three characters.
    pub name: &'static str,
    /// `g1` has the keys `g1p` and `g1s`.
    pub stem: &'static str,
    /// Copied attributes; none means keys only.
    pub include: &'static [&'static str],
}

/// Tasks of an agent, by creation.
pub const BY_AGENT: Index =
    Index { name: "by-agent", stem: "g1", include: &["st", "ty", "rw", "dl", "ti", "op", "on", "ca", "fp", "gd"] };
/// The feed while PENDING, then the tasks of an operator.
pub const BY_OPERATOR: Index = Index {
    name: "by-operator",
    stem: "g2",
    include: &["st", "ty", "rw", "dl", "ti", "ds", "pr", "ab", "ad", "la", "lo", "ca", "ac", "co", "ag"],
};
/// Disputed tasks, by age; operators, by where they live. Sparse.
pub const BY_PLACE: Index = Index {
    name: "by-place",
    stem: "g3",
    include: &["st", "ty", "rw", "dl", "ti", "la", "lo", "ag", "op", "on", "ca", "nm", "ci", "co", "sl", "ky"],
};
/// Whatever becomes due, by when. Sparse.
pub const BY_DUE: Index = Index { name: "by-due", stem: "g4", include: &[] };

pub const INDEXES: [&Index; 4] = [&BY_AGENT, &BY_OPERATOR, &BY_PLACE, &BY_DUE];

/// Shards of each kind in `g4`: one query each finds everything of the kind that is due.
pub const DUE_SHARDS: u8 = 4;

impl Store {
    /// Creates the tables that do not exist yet.
    pub async fn create_tables(&self) -> Result<(), StoreError> {
        self.create(&self.tables.core, &INDEXES).await?;
        self.create(&self.tables.ledger, &[]).await?;
        self.create(&self.tables.edge, &[]).await?;
        self.let_expire(&self.tables.edge).await
    }

    async fn let_expire(&self, table: &str) -> Result<(), StoreError> {
        let ttl = TimeToLiveSpecification::builder().attribute_name("ttl").enabled(true).build();
        let ttl = ttl.expect("every required member is set");
        let call = UpdateTimeToLiveInput::builder().table_name(table).time_to_live_specification(ttl);
        match self.database.send(call).await {
            Ok(_) => Ok(()),
            // An earlier start did.
            Err(error) if error.code() == Some("ValidationException") => Ok(()),
            Err(error) => Err(unavailable("let items expire")(error)),
        }
    }

    async fn create(&self, table: &str, indexes: &[&Index]) -> Result<(), StoreError> {
        let mut names = vec!["pk".to_owned(), "sk".to_owned()];
        names.extend(indexes.iter().flat_map(|i| [format!("{}p", i.stem), format!("{}s", i.stem)]));
        let stream = StreamSpecification::builder()
            .stream_enabled(true)
            .stream_view_type(StreamViewType::NewAndOldImages)
            .build()
            .expect("every required member is set");

        let mut request = CreateTableInput::builder()
            .table_name(table)
            .billing_mode(BillingMode::PayPerRequest)
            .set_key_schema(Some(key_schema("pk", "sk")))
            .set_attribute_definitions(Some(names.iter().map(|name| text_attribute(name)).collect()));
        if !indexes.is_empty() {
            request = request.stream_specification(stream);
        }
        for index in indexes {
            request = request.global_secondary_indexes(definition(index));
        }
        match self.database.send(request).await {
            Ok(_) => Ok(()),
            Err(error) if error.code() == Some("ResourceInUseException") => Ok(()),
            Err(error) => Err(unavailable("create a table")(error)),
        }
    }
}

fn definition(index: &Index) -> GlobalSecondaryIndex {
    let projection = match index.include {
        [] => Projection::builder().projection_type(ProjectionType::KeysOnly),
        include => Projection::builder()
            .projection_type(ProjectionType::Include)
            .set_non_key_attributes(Some(include.iter().map(ToString::to_string).collect())),
    };
    GlobalSecondaryIndex::builder()
        .index_name(index.name)
        .set_key_schema(Some(key_schema(&format!("{}p", index.stem), &format!("{}s", index.stem))))
        .projection(projection.build())
        .build()
        .expect("every required member is set")
}

fn key_schema(partition: &str, sort: &str) -> Vec<KeySchemaElement> {
    [(partition, KeyType::Hash), (sort, KeyType::Range)]
        .into_iter()
        .map(|(name, kind)| {
            KeySchemaElement::builder()
                .attribute_name(name)
                .key_type(kind)
                .build()
                .expect("every required member is set")
        })
        .collect()
}

fn text_attribute(name: &str) -> AttributeDefinition {
    AttributeDefinition::builder()
        .attribute_name(name)
        .attribute_type(ScalarAttributeType::S)
        .build()
        .expect("every required member is set")
}
