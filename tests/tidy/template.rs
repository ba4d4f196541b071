//! `template.yaml` against the code: routes, tables, variables, metrics; and who may touch what in what SAM
//! makes of it. The linters (`infra/lint`) see to the rest.

mod alarms;
mod document;
mod permissions;
mod tables;
mod translated;

use crate::repository::{files, obey, text};
use document::{Function, functions, long_form, of_type, properties, sam, several, word};
use serde_json::Value;
use std::collections::BTreeSet;

const FALLBACK: &str = "$default";

/// `tasks ANY /api/v1/tasks`, for each path that is described and deployed.
fn described_paths() -> BTreeSet<String> {
    let routes = contract::endpoints().map(|endpoint| endpoint.route);
    let deployed = routes.filter(|route| route.function() != contract::endpoint::EMBEDDED);
    let deployed = deployed.map(|route| format!("{} ANY {}{}", route.function(), contract::BASE, route.path));
    // What is no endpoint: another protocol, and pages.
    let pages = pages::paths().map(|path| match path.split('/').collect::<Vec<_>>()[..] {
        [_, folder, _] => format!("pages ANY /{folder}/{{file}}"),
        _ => format!("pages ANY {path}"),
    });
    deployed.chain(pages).chain([format!("mcp ANY {}", mcp::PATH)]).collect()
}

/// The same, as the template has it; without the fallback.
fn paths_of(template: &Value) -> BTreeSet<String> {
    let routes = of_type(template, "AWS::ApiGatewayV2::Route").map(|(_, route)| properties(route));
    let named = routes.map(|route| (word(&route["RouteKey"]), function_behind(template, &route["Target"])));
    named.filter(|(key, _)| *key != FALLBACK).map(|(key, function)| format!("{function} {key}")).collect()
}

/// From `integrations/${TasksIntegration}` through its alias to `tasks`.
fn function_behind(template: &Value, target: &Value) -> String {
    let integration = word(&target["Fn::Sub"]).trim_start_matches("integrations/${").trim_end_matches('}');
    let alias = word(&properties(&template["Resources"][integration])["IntegrationUri"]["Ref"]);
    let name = alias.strip_suffix(".Alias").expect("an integration calls the alias, which canaries move");
    Function::new(name, &template["Resources"][name]).folder
}

#[test]
fn the_routes_are_those_that_are_described() {
    obey("the routes of template.yaml", &differences(&described_paths(), &paths_of(sam())));
}

fn differences(described: &BTreeSet<String>, found: &BTreeSet<String>) -> Vec<String> {
    let missing = described.difference(found).map(|route| format!("no route for {route}"));
    let strange = found.difference(described).map(|route| format!("nothing describes {route}"));
    missing.chain(strange).collect()
}

#[test]
fn a_route_that_is_in_one_place_only_is_named() {
    let [less, more] = [&["tasks ANY /api/v1/tasks"][..], &["tasks ANY /api/v1/tasks", "tasks ANY /api/v1/new"]]
        .map(|routes| routes.iter().map(ToString::to_string).collect());
    assert_eq!(differences(&more, &less), ["no route for tasks ANY /api/v1/new"]);
    assert_eq!(differences(&less, &more), ["nothing describes tasks ANY /api/v1/new"]);
}

#[test]
fn what_has_no_route_meets_a_router_that_says_so() {
    let keys = of_type(sam(), "AWS::ApiGatewayV2::Route").map(|(_, route)| word(&properties(route)["RouteKey"]));
    assert_eq!(keys.filter(|key| *key == FALLBACK).count(), 1);
}

#[test]
fn a_route_is_followed_to_its_function() {
    let template = long_form(
        "
        Resources:
          Show:
            Type: AWS::ApiGatewayV2::Route
            Properties: {RouteKey: ANY /tasks, Target: !Sub 'integrations/${TasksIntegration}'}
          TasksIntegration:
            Properties: {IntegrationUri: !Ref TasksFunction.Alias}
          TasksFunction:
            Properties: {CodeUri: target/lambda/tasks/}
        ",
    );
    assert_eq!(paths_of(&template), BTreeSet::from(["tasks ANY /tasks".to_owned()]));
}

#[test]
fn every_function_is_deployed() {
    let folder = |path: &str| Some(path.strip_prefix("functions/")?.strip_suffix("/Cargo.toml")?.to_owned());
    let wanted: BTreeSet<String> = files().iter().filter_map(|file| folder(&file.path)).collect();
    let found: BTreeSet<String> = functions(sam()).map(|function| function.folder).collect();
    assert_eq!(wanted, found);
}

/// Each with its own log group, or the linters would not see it kept for ever.
#[test]
fn every_function_writes_to_a_log_that_expires() {
    for function in functions(sam()) {
        let log = word(&function.properties["LoggingConfig"]["LogGroup"]["Ref"]);
        let group = properties(&sam()["Resources"][log]);
        let name = format!("/humanops/${{AWS::StackName}}/{}", function.folder);
        assert_eq!(word(&group["LogGroupName"]["Fn::Sub"]), name);
        assert!(!group["RetentionInDays"].is_null(), "{log} is kept for ever");
    }
}

#[test]
fn a_message_is_hidden_for_longer_than_its_worker_may_take() {
    let mut seen = 0;
    for function in functions(sam()) {
        for (name, event) in function.events("SQS") {
            seen += 1;
            let (queue_name, _) = word(&event["Queue"]["Fn::GetAtt"]).split_once('.').expect("an attribute");
            let queue = properties(&sam()["Resources"][queue_name]);
            let hidden_s = queue["VisibilityTimeout"].as_u64().expect("seconds");
            let timeout_s = function.properties["Timeout"].as_u64().expect("seconds");
            // AWS asks for six times where a batch may wait for others; alone, a message waits for nobody.
            let times = if event["BatchSize"] == 1 { 1 } else { 6 };
            assert!(hidden_s >= times * timeout_s, "{queue_name} hides a message for {hidden_s} s only");
            assert_eq!(queue["RedrivePolicy"]["maxReceiveCount"], 5, "{queue_name}");
            assert_eq!(event["FunctionResponseTypes"][0], "ReportBatchItemFailures", "{name}");
            assert!(event["ScalingConfig"]["MaximumConcurrency"].is_u64(), "{name} takes all concurrency there is");
        }
    }
    assert_eq!(seen, 4, "guardian, callbacks, payouts and pushes take from queues");
}

/// API Gateway's own CORS would take away what the functions say, and never sees OPTIONS: each route has `ANY`.
#[test]
fn pages_of_other_origins_are_answered_by_the_functions_and_photos_here_as_on_aws() {
    let (_, api) = of_type(sam(), "AWS::ApiGatewayV2::Api").next().expect("there is an API");
    assert!(properties(api)["CorsConfiguration"].is_null());
    let given = &sam()["Globals"]["Function"]["Environment"]["Variables"]["HUMANOPS_WEB_ORIGINS"];
    assert_eq!(given["Fn::Join"][1]["Ref"], "WebOrigins");

    let (_, bucket) = of_type(sam(), "AWS::S3::Bucket").next().expect("there is a bucket");
    let rule = &properties(bucket)["CorsConfiguration"]["CorsRules"][0];
    let list = |name: &str| several(&rule[name]).iter().map(word).collect::<Vec<_>>().join(", ");
    let found = ["AllowedMethods", "AllowedHeaders", "ExposedHeaders"].map(list);
    let here = humanops::system::PHOTOS;
    assert_eq!(found, [here.methods, here.request_headers, here.exposed_headers]);
}

/// A constant of `shared/runtime/src/aws.rs`, in milliseconds.
fn patience_ms(name: &str) -> u64 {
    let source = text("shared/runtime/src/aws.rs");
    let start = format!("const {name}: Duration = Duration::from_millis(");
    let (_, rest) = source.split_once(&start).unwrap_or_else(|| unreachable!("{name} is written otherwise"));
    let digits = rest.split(')').next().unwrap_or_default().replace('_', "");
    digits.parse().expect("milliseconds")
}

/// Else a store that does not answer ends the function, and the caller gets the gateway's own 5xx.
#[test]
fn whoever_waits_for_an_answer_waits_longer_than_whoever_gives_it() {
    const ATTEMPTS: u64 = 3;
    const TO_ANSWER_MS: u64 = 1_000;
    let (attempt_ms, operation_ms) = (patience_ms("ATTEMPT_MAX"), patience_ms("OPERATION_MAX"));
    assert!(ATTEMPTS * attempt_ms < operation_ms, "the last attempt is cut off");
    let function_s = sam()["Globals"]["Function"]["Timeout"].as_u64().expect("seconds");
    assert!(operation_ms + TO_ANSWER_MS < 1_000 * function_s, "{operation_ms} ms in a function of {function_s} s");
    for function in functions(sam()) {
        let timeout_s = function.properties["Timeout"].as_u64().unwrap_or(function_s);
        assert!(timeout_s >= function_s, "{} has {timeout_s} s", function.folder);
    }
    for (name, integration) in of_type(sam(), "AWS::ApiGatewayV2::Integration") {
        let waits_ms = properties(integration)["TimeoutInMillis"].as_u64().expect("milliseconds");
        let alias = word(&properties(integration)["IntegrationUri"]["Ref"]);
        let function = properties(&sam()["Resources"][alias.trim_end_matches(".Alias")]);
        let timeout_s = function["Timeout"].as_u64().unwrap_or(function_s);
        assert!(waits_ms > 1_000 * timeout_s, "{name} waits {waits_ms} ms");
    }
}

/// What has no concurrency of its own stands still when a flood takes all.
#[test]
fn what_moves_money_on_time_has_concurrency_of_its_own() {
    let reserved = |function: &Function| function.properties["ReservedConcurrentExecutions"].as_u64();
    let found: Vec<(String, u64)> =
        functions(sam()).filter_map(|function| Some((function.folder.clone(), reserved(&function)?))).collect();
    let wanted = [("audit", 1), ("events", 50), ("payouts", 5), ("relay", 10), ("sweeper", 2), ("watcher", 2)];
    assert_eq!(found, wanted.map(|(name, count)| (name.to_owned(), count)));
}

/// What the functions read, by its name in quotes.
fn variables_of_code() -> BTreeSet<&'static str> {
    let reads = |path: &str| {
        let runtime = path.starts_with("shared/runtime/src/") && !path.contains("/tests");
        let wiring = path.ends_with("/main.rs") || path.ends_with("/wiring.rs");
        runtime || wiring && ["functions/", "shared/"].iter().any(|folder| path.starts_with(folder))
    };
    let sources = files().iter().filter(|file| reads(&file.path));
    let quoted = sources.flat_map(|file| file.text.split('"').skip(1).step_by(2));
    quoted
        .filter(|word| ["HUMANOPS_", "ALLOW_", "CLERK_", "RESTRICTED_"].iter().any(|stem| word.starts_with(stem)))
        .collect()
}

#[test]
fn the_variables_are_those_that_the_functions_read() {
    let template = text("template.yaml");
    let lines = template.lines().filter_map(|line| Some(line.trim().split_once(": ")?.0));
    let found: BTreeSet<&str> = lines.filter(|name| name.contains('_') && *name == name.to_uppercase()).collect();
    let wanted = variables_of_code();
    assert_eq!(found, wanted);
}

/// checkov does not see these queues (`CKV_AWS_116`), nor that a queue is encrypted (`CKV_AWS_27`).
#[test]
fn what_is_given_up_goes_to_a_queue_that_somebody_watches() {
    let mut given_up = BTreeSet::new();
    for function in functions(sam()) {
        for (name, event) in function.events("ScheduleV2") {
            let queue = &event["DeadLetterConfig"]["Arn"];
            let failed = &function.properties["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"];
            assert_eq!(failed, queue, "{name}");
            given_up.insert(word(&queue["Fn::GetAtt"]).to_owned());
        }
        for (_, event) in function.events("DynamoDB") {
            let queue = &event["DestinationConfig"]["OnFailure"]["Destination"];
            given_up.insert(word(&queue["Fn::GetAtt"]).to_owned());
        }
    }
    for (name, queue) in of_type(sam(), "AWS::SQS::Queue") {
        assert_eq!(properties(queue)["SqsManagedSseEnabled"], true, "{name}");
        let redrive = &properties(queue)["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"];
        given_up.extend(redrive.as_str().map(str::to_owned));
    }
    let alarms = of_type(sam(), "AWS::CloudWatch::Alarm").map(|(_, alarm)| properties(alarm));
    let deep = alarms.filter(|it| it["MetricName"] == "ApproximateNumberOfMessagesVisible");
    let watched: BTreeSet<String> =
        deep.map(|it| word(&it["Dimensions"][0]["Value"]["Fn::GetAtt"]).replace(".QueueName", ".Arn")).collect();
    assert_eq!(watched, given_up);
    assert_eq!(watched.len(), 8);
}
