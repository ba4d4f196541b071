//! `docs/RUNBOOK.md` against `template.yaml`: a section for each alarm, and no name that is not there.
//! What a section says is not checked.

use crate::repository::{obey, text};
use serde_yaml_ng::Value;
use std::collections::BTreeSet;

const DOCUMENT: &str = "docs/RUNBOOK.md";

/// The template, of which only names and types are read here.
struct Template(Value);

impl Template {
    fn read() -> Self {
        Self(serde_yaml_ng::from_str(&text("template.yaml")).expect("the template is YAML"))
    }

    fn has(&self, part: &str, name: &str) -> bool {
        self.0[part].get(name).is_some()
    }

    /// The resources of a type.
    fn of_type(&self, kind: &str) -> BTreeSet<&str> {
        let resources = self.0["Resources"].as_mapping().expect("the template has resources").iter();
        resources.filter(|(_, resource)| resource["Type"] == kind).filter_map(|(name, _)| name.as_str()).collect()
    }
}

fn headings(document: &str) -> Vec<&str> {
    document.lines().filter_map(|line| line.strip_prefix("### ")).collect()
}

/// What follows `start`, up to the first character that no name has.
fn names_after<'a>(document: &'a str, start: &str) -> Vec<&'a str> {
    let name = |rest: &'a str| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    document.split(start).skip(1).map(name).filter(|name| !name.is_empty()).collect()
}

/// Words in code that begin with a capital and end with one of these.
fn names_ending<'a>(document: &'a str, ends: &[&str]) -> BTreeSet<&'a str> {
    let words = document.split(|c: char| !c.is_ascii_alphanumeric());
    let named = words.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
    named.filter(|word| ends.iter().any(|end| word.ends_with(end) && word != end)).collect()
}

/// Names like `CoreTable` between backticks, alone.
fn quoted(document: &str) -> Vec<&str> {
    let spans = document.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    let is_name = |word: &&str| word.chars().all(|c| c.is_ascii_alphanumeric()) && word.contains(char::is_lowercase);
    spans.filter(is_name).filter(|word| word.starts_with(char::is_uppercase)).collect()
}

/// Names of `NAME=value` behind `--parameter-overrides`.
fn overridden(document: &str) -> Vec<&str> {
    let lines = document.lines().filter_map(|line| Some(line.split_once("--parameter-overrides ")?.1));
    lines.flat_map(str::split_whitespace).filter_map(|pair| Some(pair.split_once('=')?.0)).collect()
}

#[test]
fn every_alarm_has_its_section_and_every_section_its_alarm() {
    let document = text(DOCUMENT);
    let (found, listed): (BTreeSet<&str>, Vec<&str>) = (headings(&document).into_iter().collect(), headings(&document));
    let template = Template::read();
    let wanted = template.of_type("AWS::CloudWatch::Alarm");
    assert!(wanted.len() > 10, "only {} alarms are read from the template: its form changed", wanted.len());
    assert_eq!(found.len(), listed.len(), "{DOCUMENT}: a section stands twice");
    let missing = wanted.difference(&found).map(|name| format!("{DOCUMENT} has no section `### {name}`"));
    let strange = found.difference(&wanted).map(|name| format!("{DOCUMENT}: the template has no alarm {name}"));
    obey("the runbook and the alarms", &missing.chain(strange).collect::<Vec<_>>());
}

#[test]
fn whatever_the_runbook_names_is_in_the_template() {
    let (document, template) = (text(DOCUMENT), Template::read());
    let outputs = names_after(&document, "$(out ").into_iter().chain(names_after(&document, "$(arn "));
    let outputs = outputs.chain(names_ending(&document, &["Url"]));
    let resources = names_after(&document, "$(id ").into_iter();
    let resources = resources.chain(names_ending(&document, &["Alarm", "Function", "Dlq", "Queue", "Table"]));
    let mut absent = Vec::new();
    let mut look = |parts: &[&str], names: &mut dyn Iterator<Item = &str>| {
        let strange = names.filter(|name| !parts.iter().any(|part| template.has(part, name)));
        absent.extend(strange.map(|name| format!("{DOCUMENT} names {name}, which the template's {parts:?} lack")));
    };
    look(&["Outputs"], &mut outputs.into_iter());
    look(&["Resources"], &mut resources.into_iter());
    look(&["Parameters"], &mut overridden(&document).into_iter());
    look(&["Outputs", "Resources", "Parameters"], &mut quoted(&document).into_iter());
    obey("the runbook names what the template has", &absent);
}

#[test]
fn a_restore_stops_every_function() {
    let document = text(DOCUMENT);
    let stopped = document.lines().find_map(|line| line.strip_prefix("for F in Agents ")?.strip_suffix("; do"));
    let stopped = format!("Agents {}", stopped.expect("a loop over all functions"));
    let stopped: BTreeSet<String> = stopped.split(' ').map(|name| format!("{name}Function")).collect();
    let template = Template::read();
    let all = template.of_type("AWS::Serverless::Function");
    assert_eq!(
        stopped.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        all,
        "{DOCUMENT}: what is stopped before everything is restored"
    );
}

#[test]
fn names_are_read_from_a_document() {
    let document = "### OneAlarm\n`$(out ApiUrl)/x $(id TasksFunction)` Function `JudgeDlq` `st` `IT`, TwoAlarm.\n\
        sam deploy --parameter-overrides Mode=live Stage=live\n";
    assert_eq!(headings(document), ["OneAlarm"]);
    assert_eq!(names_after(document, "$(out "), ["ApiUrl"]);
    assert_eq!(names_ending(document, &["Function"]), BTreeSet::from(["TasksFunction"]));
    assert_eq!(names_ending(document, &["Alarm", "Dlq"]), BTreeSet::from(["JudgeDlq", "OneAlarm", "TwoAlarm"]));
    assert_eq!(overridden(document), ["Mode", "Stage"]);
    assert_eq!(quoted(document), ["JudgeDlq"]);
}
