//! Which function may do what to what, in the template that CloudFormation gets: SAM's translations, for
//! the least and for the most that a deployment says. A role is all that its holder may.

mod reach;

use super::document::{long_form, of_type, properties, sam, several, word};
use super::translated::{Role, deployments, roles};
use crate::repository::obey;
use reach::{CALL, REACH, Reach, SEND, TAKE};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::ledger::watched::List;

/// Resources with a wildcard, and why they have one.
const ARGUED: [(&str, &str); 4] = [
    ("xray:PutTraceSegments", "*"),                        // X-Ray has no resources to name.
    ("xray:PutTelemetryRecords", "*"),                     // The same.
    ("dynamodb:ListStreams", "${CoreTable.Arn}/stream/*"), // Lambda lists before it knows the stream.
    // Photos are objects; `proof/` is all that is kept in the bucket.
    ("s3:", "${ProofBucket.Arn}/proof/*"),
];
/// Shifts the traffic of a canary. SAM makes it, with AWS's own policy for that.
const CANARIES: &str = "CodeDeployServiceRole";

/// One permission.
struct Grant {
    /// The function by its folder, or the role's logical id if no function has it.
    holder: String,
    action: String,
    /// `CoreTable.Arn`, `${ProofBucket.Arn}/proof/*`; with a condition on the partition, `deployment of CoreTable.Arn`.
    resource: String,
}

fn grants(template: &Value) -> Vec<Grant> {
    roles(template).iter().filter(|role| role.name != CANARIES).flat_map(grants_of).collect()
}

fn grants_of(role: &Role) -> Vec<Grant> {
    let policies = role.properties["Policies"].as_array().expect("a role has its policies within it");
    let statements = policies.iter().flat_map(|policy| several(&policy["PolicyDocument"]["Statement"]));
    let of_statement = |statement: &Value| {
        // What depends on a parameter is held as if it were given: a role may that at the most.
        let statement = if statement["Fn::If"].is_null() { statement } else { &statement["Fn::If"][1] };
        assert_eq!(statement["Effect"], "Allow", "{}: what is not allowed is refused anyway", role.name);
        assert!(statement["NotAction"].is_null() && statement["NotResource"].is_null(), "{}: all but one", role.name);
        let on = |action: &Value| {
            let action = word(action).to_owned();
            let resources = several(&statement["Resource"]).iter();
            let partition = &statement["Condition"]["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"][0];
            let part = partition.as_str().map_or_else(String::new, |partition| format!("{partition} of "));
            let resource = |it| format!("{part}{}", name(it));
            let grant = |it| Grant { holder: role.holder.clone(), action: action.clone(), resource: resource(it) };
            resources.map(grant).collect::<Vec<_>>()
        };
        several(&statement["Action"]).iter().flat_map(on).collect::<Vec<_>>()
    };
    statements.flat_map(of_statement).collect()
}

fn name(resource: &Value) -> String {
    let attribute = resource["Fn::GetAtt"].as_array().map(|parts| parts.iter().map(word).collect::<Vec<_>>().join("."));
    let inner = ["Ref", "Fn::Sub"].iter().find_map(|form| resource[form].as_str());
    attribute.unwrap_or_else(|| inner.unwrap_or_else(|| word(resource)).to_owned())
}

/// Complaints about permissions that reach further than their names.
fn wildcards(grants: &[Grant]) -> Vec<String> {
    let argued = |it: &Grant| ARGUED.iter().any(|(action, on)| it.action.starts_with(action) && it.resource == *on);
    let wild = grants.iter().filter(|it| it.action.contains('*') || it.resource.contains('*') && !argued(it));
    wild.map(|it| format!("{} may {} on {}", it.holder, it.action, it.resource)).collect()
}

#[test]
fn nothing_is_granted_by_a_wildcard_without_a_reason() {
    for (deployment, template) in deployments() {
        obey(&format!("permissions with wildcards, {deployment}"), &wildcards(&grants(template)));
    }
}

#[test]
fn every_reason_for_a_wildcard_is_needed() {
    for (deployment, template) in deployments() {
        let grants = grants(template);
        for (action, resource) in ARGUED {
            let used = grants.iter().any(|it| it.action.starts_with(action) && it.resource == resource);
            assert!(used, "{deployment}: {action} on {resource}");
        }
    }
}

#[test]
fn a_wildcard_is_found() {
    for (action, resource, fine) in [
        ("dynamodb:PutItem", "{Fn::GetAtt: [CoreTable, Arn]}", true),
        ("dynamodb:*", "{Fn::GetAtt: [CoreTable, Arn]}", false),
        ("dynamodb:PutItem", "'*'", false),
        ("dynamodb:Query", "{Fn::Sub: '${CoreTable.Arn}/index/*'}", false),
        ("s3:GetObject", "{Fn::Sub: '${ProofBucket.Arn}/proof/*'}", true),
        ("s3:GetObject", "{Fn::Sub: '${ProofBucket.Arn}/*'}", false),
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
    for (deployment, template) in deployments() {
        let roles = roles(template);
        let functions = of_type(template, "AWS::Lambda::Function").count();
        let holders: BTreeSet<&str> = roles.iter().map(|role| role.holder.as_str()).collect();
        assert_eq!(holders.len(), roles.len(), "{deployment}: a role is shared, or a function has two");
        assert_eq!(roles.iter().filter(|role| role.holder != role.name).count(), functions, "{deployment}");
        for role in roles {
            let managed = &role.properties["ManagedPolicyArns"];
            assert_eq!(managed.is_null(), role.name != CANARIES, "{}: managed policies have wildcards", role.name);
        }
        for kind in ["AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::UserPolicy", "AWS::SQS::QueuePolicy"] {
            assert_eq!(of_type(template, kind).count(), 0, "{deployment}: {kind} gives what no role shows");
        }
    }
}

/// Who may call a function and is nobody's role: the API alone.
#[test]
fn only_the_api_calls_functions_from_outside() {
    for (deployment, template) in deployments() {
        for (name, permission) in of_type(template, "AWS::Lambda::Permission") {
            let permission = properties(permission);
            assert_eq!(permission["Principal"], "apigateway.amazonaws.com", "{deployment}: {name}");
            assert!(word(&permission["SourceArn"]["Fn::Sub"]).ends_with(":${Api}/*"), "{deployment}: {name}");
        }
        let policies = of_type(template, "AWS::S3::BucketPolicy");
        let statements = policies.flat_map(|(_, policy)| several(&properties(policy)["PolicyDocument"]["Statement"]));
        assert!(statements.into_iter().all(|it| it["Effect"] == "Deny"), "{deployment}: a bucket policy gives");
    }
}

/// Who holds any of `actions` on a resource, or on a part of it.
fn holders(template: &Value, resource: &str, actions: &[&str]) -> BTreeSet<String> {
    let holds = |it: &Grant| bare(&it.resource) == resource && actions.contains(&it.action.as_str());
    grants(template).into_iter().filter(holds).map(|it| it.holder).collect()
}

/// `${CoreTable.Arn}/index/by-due` is of `CoreTable`.
fn bare(resource: &str) -> &str {
    let name = resource.trim_start_matches("${");
    name.split(['.', '}']).next().unwrap_or(name)
}

#[test]
fn only_the_named_functions_reach_what_is_precious() {
    for (deployment, template) in deployments() {
        for (resource, actions, wanted) in REACH {
            let wanted: BTreeSet<String> = wanted.iter().map(ToString::to_string).collect();
            let found = holders(template, resource, actions);
            assert_eq!(found, wanted, "{deployment}: {actions:?} on {resource}");
        }
        // What is not in the table has no rule, and so no holder either.
        let sent = |it: &Grant| [SEND, TAKE, CALL].concat().contains(&it.action.as_str());
        let kinds = ["s3:", "secretsmanager:", "kms:"];
        let precious = |it: &Grant| sent(it) || kinds.iter().any(|kind| it.action.starts_with(kind));
        for grant in grants(template).iter().filter(|it| precious(it)) {
            let known = |(resource, actions, _): &Reach| {
                *resource == bare(&grant.resource) && actions.contains(&grant.action.as_str())
            };
            assert!(REACH.iter().any(known), "{deployment}: {} on {}", grant.action, grant.resource);
        }
    }
}

/// A line of the books is never deleted: what the watcher takes away are names of what it is to look at again, and marks
/// of transfers that the chain has forgotten.
#[test]
fn what_is_deleted_from_the_ledger_is_on_a_list_of_the_watchers_or_a_mark() {
    let statement =
        properties(&sam()["Resources"]["WatcherRole"])["Policies"][0]["PolicyDocument"]["Statement"].clone();
    let deleting =
        several(&statement).iter().filter(|it| several(&it["Action"]).contains(&json!("dynamodb:DeleteItem")));
    let on = deleting.map(|it| &it["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]);
    let lists = [List::Unfinal(8_453), List::Unpaid].map(|list| list.to_string().replace("8453", "*"));
    let names: Vec<_> = lists.into_iter().chain(["T#*".to_owned()]).collect();
    assert_eq!(on.collect::<Vec<_>>(), [&json!(names)]);
}

/// A new kind of permission is to be thought of in the table above.
#[test]
fn the_kinds_of_permission_are_known() {
    let wanted = [
        "bedrock:InvokeModel",
        "dynamodb:BatchGetItem",
        "dynamodb:ConditionCheckItem",
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
        "kms:GetPublicKey",
        "kms:Sign",
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
    for (deployment, template) in deployments() {
        let found: BTreeSet<String> = grants(template).into_iter().map(|it| it.action).collect();
        assert_eq!(found, wanted.map(str::to_owned).into(), "{deployment}");
    }
}
