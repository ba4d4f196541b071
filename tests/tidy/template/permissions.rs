//! Which function may do what to what: its role is all that it may.

use super::document::{functions, long_form, of_type, properties, sam, several, word};
use crate::repository::obey;
use serde_json::Value;
use std::collections::BTreeSet;

/// Resources with a wildcard, and why they have one.
const ARGUED: [(&str, &str); 4] = [
    ("xray:PutTraceSegments", "*"),                        // X-Ray has no resources to name.
    ("xray:PutTelemetryRecords", "*"),                     // The same.
    ("dynamodb:ListStreams", "${CoreTable.Arn}/stream/*"), // Lambda lists before it knows the stream.
    // Photos are objects; `proof/` is all that is kept in the bucket.
    ("s3:", "${ProofBucket.Arn}/proof/*"),
];

/// One permission.
struct Grant {
    /// Logical id of the role.
    role: String,
    action: String,
    /// As the template writes it: `CoreTable.Arn`, `${ProofBucket.Arn}/proof/*`.
    resource: String,
}

fn grants(template: &Value) -> Vec<Grant> {
    let mut grants = Vec::new();
    for (role, resource) in of_type(template, "AWS::IAM::Role") {
        let policies = properties(resource)["Policies"].as_array().expect("a role has its policies within it");
        let statements = policies.iter().flat_map(|policy| several(&policy["PolicyDocument"]["Statement"]));
        for statement in statements {
            assert_eq!(statement["Effect"], "Allow", "{role}: what is not allowed is refused anyway");
            for action in several(&statement["Action"]) {
                for resource in several(&statement["Resource"]) {
                    let (action, resource) = (word(action).to_owned(), name(resource));
                    grants.push(Grant { role: role.clone(), action, resource });
                }
            }
        }
    }
    grants
}

fn name(resource: &Value) -> String {
    let forms = ["Fn::GetAtt", "Ref", "Fn::Sub"];
    let inner = forms.iter().find_map(|form| resource[form].as_str());
    inner.unwrap_or_else(|| word(resource)).to_owned()
}

/// Complaints about permissions that reach further than their names.
fn wildcards(grants: &[Grant]) -> Vec<String> {
    let argued = |it: &Grant| ARGUED.iter().any(|(action, on)| it.action.starts_with(action) && it.resource == *on);
    let wild = grants.iter().filter(|it| it.action.contains('*') || it.resource.contains('*') && !argued(it));
    wild.map(|it| format!("{} may {} on {}", it.role, it.action, it.resource)).collect()
}

#[test]
fn nothing_is_granted_by_a_wildcard_without_a_reason() {
    obey("permissions with wildcards", &wildcards(&grants(sam())));
}

#[test]
fn every_reason_for_a_wildcard_is_needed() {
    let grants = grants(sam());
    for (action, resource) in ARGUED {
        let used = grants.iter().any(|it| it.action.starts_with(action) && it.resource == resource);
        assert!(used, "{action} on {resource}");
    }
}

#[test]
fn a_wildcard_is_found() {
    for (action, resource, fine) in [
        ("dynamodb:PutItem", "!GetAtt CoreTable.Arn", true),
        ("dynamodb:*", "!GetAtt CoreTable.Arn", false),
        ("dynamodb:PutItem", "'*'", false),
        ("dynamodb:Query", "!Sub '${CoreTable.Arn}/index/*'", false),
        ("s3:GetObject", "!Sub '${ProofBucket.Arn}/proof/*'", true),
        ("s3:GetObject", "!Sub '${ProofBucket.Arn}/*'", false),
        ("xray:PutTraceSegments", "'*'", true),
        ("sqs:SendMessage", "'*'", false),
    ] {
        let statement = format!("{{Effect: Allow, Action: '{action}', Resource: {resource}}}");
        let role = format!(
            "{{Type: 'AWS::IAM::Role', Properties: {{Policies: [{{PolicyDocument: {{Statement: {statement}}}}}]}}}}"
        );
        let template = long_form(&format!("{{Resources: {{AnyRole: {role}}}}}"));
        assert_eq!(wildcards(&grants(&template)).is_empty(), fine, "{action} on {resource}");
    }
}

#[test]
fn each_function_has_a_role_of_its_own_and_nothing_else() {
    let mut roles = BTreeSet::new();
    for function in functions(sam()) {
        assert!(function.properties["Policies"].is_null(), "{}: SAM would widen them", function.folder);
        let role = properties(&sam()["Resources"][function.role()]);
        assert!(role["ManagedPolicyArns"].is_null(), "{}: managed policies have wildcards", function.folder);
        assert!(roles.insert(function.role().to_owned()), "{} shares its role", function.folder);
    }
    assert_eq!(of_type(sam(), "AWS::IAM::ManagedPolicy").count() + of_type(sam(), "AWS::IAM::Policy").count(), 0);
}

/// Who holds any of `actions` on a resource whose name begins like this; functions by folder.
fn holders(resource: &str, actions: &[&str]) -> BTreeSet<String> {
    let grants = grants(sam());
    let holds = |role: &str| {
        let mut own = grants.iter().filter(|it| it.role == role);
        own.any(|it| bare(&it.resource) == resource && actions.contains(&it.action.as_str()))
    };
    let workers = functions(sam()).filter(|it| holds(it.role())).map(|it| it.folder);
    workers.chain(holds("SweeperScheduleRole").then(|| "the schedule".to_owned())).collect()
}

/// `${CoreTable.Arn}/index/by-due` is of `CoreTable`.
fn bare(resource: &str) -> &str {
    let name = resource.trim_start_matches("${");
    name.split(['.', '}']).next().unwrap_or(name)
}

#[test]
fn only_the_named_functions_reach_what_is_precious() {
    const WRITE: &[&str] = &["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"];
    const SEND: &[&str] = &["sqs:SendMessage"];
    const TAKE: &[&str] = &["sqs:ReceiveMessage", "sqs:DeleteMessage"];
    let reach: &[(&str, &[&str], &[&str])] = &[
        // `agents` opens accounts, empty ones; `operators` too, and asks for payouts.
        ("LedgerTable", WRITE, &["admin", "agents", "guardian", "operators", "payments", "sweeper", "tasks"]),
        ("LedgerTable", &["dynamodb:DeleteItem"], &[]),
        ("LedgerTable", &["dynamodb:Scan"], &["admin"]),
        ("CoreTable", &["dynamodb:DeleteItem"], &["agents", "callbacks"]),
        ("CoreTable", &["dynamodb:Scan"], &["admin"]),
        ("CoreTable", &["dynamodb:GetRecords"], &["relay"]),
        // A presigned URL may do what its signer may: `tasks` signs links to photos, `uploads` signs uploads.
        ("ProofBucket", &["s3:PutObject"], &["uploads"]),
        ("ProofBucket", &["s3:GetObject"], &["guardian", "tasks"]),
        ("ProofBucket", &["s3:ListBucket"], &["guardian"]),
        ("ProofBucket", &["s3:DeleteObject", "s3:DeleteObjectVersion"], &[]),
        ("JudgeQueue", SEND, &["relay"]),
        ("JudgeQueue", TAKE, &["guardian"]),
        ("DeliverQueue", SEND, &["relay", "sweeper"]),
        ("DeliverQueue", TAKE, &["callbacks"]),
        ("JudgeDlq", SEND, &[]),
        ("DeliverDlq", SEND, &[]),
        ("RelayDlq", SEND, &["relay"]),
        ("SweeperDlq", SEND, &["sweeper", "the schedule"]),
        ("DlocalSecret", &["secretsmanager:GetSecretValue"], &["payments"]),
        ("SweeperFunction", &["lambda:InvokeFunction"], &["the schedule"]),
    ];
    for (resource, actions, wanted) in reach {
        let wanted: BTreeSet<String> = wanted.iter().map(ToString::to_string).collect();
        assert_eq!(holders(resource, actions), wanted, "{actions:?} on {resource}");
    }
}

/// A new kind of permission is to be thought of in the table above.
#[test]
fn the_kinds_of_permission_are_known() {
    let found: BTreeSet<String> = grants(sam()).into_iter().map(|it| it.action).collect();
    let wanted = [
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:DescribeStream",
        "dynamodb:GetItem",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:UpdateItem",
        "lambda:InvokeFunction",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:PutObject",
        "secretsmanager:GetSecretValue",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
        "sqs:SendMessage",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    ];
    assert_eq!(found, wanted.map(str::to_owned).into());
}
