//! The operations as methods of the client.

use super::{comment, pascal, referred, snake};
use crate::endpoint::{Caller, Endpoint, Output};
use serde_json::Value;
use std::fmt::Write as _;

const HEAD: &str = "\
//! The operations of the API, from its description. Written by `cargo xtask openapi`, not by hand.

use crate::client::Client;
use crate::request::Request;
use crate::request::operation::{Credential, Method, Operation};
use crate::types::*;
";

pub(super) fn file(document: &Value) -> String {
    let mut text = HEAD.to_owned();
    // What providers send is nobody's call, and files are for browsers.
    let called =
        |endpoint: &&Endpoint| endpoint.route.caller != Caller::Provider && matches!(endpoint.output, Output::Json(_));
    let endpoints = || crate::endpoints().filter(called);
    for endpoint in endpoints() {
        constant(&mut text, endpoint);
    }
    text.push_str("\n/// Each operation of the API under its name.\nimpl Client {");
    for endpoint in endpoints() {
        let path = &document["paths"][endpoint.route.path];
        text.push('\n');
        method(&mut text, endpoint, &path[endpoint.route.method.word().to_lowercase()]);
    }
    text.push_str("}\n");
    text
}

fn constant(text: &mut String, Endpoint { route, operation, once, .. }: &Endpoint) {
    let credential = match route.caller {
        Caller::Anyone | Caller::Provider => "None",
        Caller::Agent => "Agent",
        Caller::Operator | Caller::Newcomer | Caller::VerifiedOperator => "Operator",
        Caller::Registrar | Caller::Admin => "Staff",
    };
    let (name, verb) = (snake(operation).to_uppercase(), pascal(route.method.word()));
    let once = if *once { ".once()" } else { "" };
    let _ = write!(
        text,
        "\n/// `{route}`.\npub const {name}: Operation =\n    Operation::new(\"{operation}\", Method::{verb}, \"{}\", \
         Credential::{credential}){once};\n",
        route.path,
    );
}

fn method(text: &mut String, endpoint: &Endpoint, operation: &Value) {
    let mut about = format!("{}: `{}`.", endpoint.summary, endpoint.route);
    if !endpoint.about.is_empty() {
        about = format!("{about}\n\n{}", endpoint.about);
    }
    comment(text, "    ", Some(&about));
    let (mut parameters, mut calls) = (String::new(), String::new());
    if endpoint.id.is_some() {
        parameters.push_str(", id: &str");
        calls.push_str(".id(id)");
    }
    let body = referred(&operation["requestBody"]["content"]["application/json"]["schema"]);
    if let Some(body) = body.filter(|body| *body != "Nothing") {
        let _ = write!(parameters, ", body: &{body}");
        calls.push_str(".body(body)");
    }
    let mut all = operation["parameters"].as_array().into_iter().flatten();
    if all.any(|parameter| parameter["in"] == "query") {
        let _ = write!(parameters, ", query: &{}", pascal(endpoint.operation));
        calls.push_str(".query(query)");
    }
    let success = &operation["responses"][endpoint.success.to_string()]["content"]["application/json"]["schema"];
    let reply = referred(success).unwrap_or("serde_json::Value");
    let name = snake(endpoint.operation);
    let _ = writeln!(
        text,
        "    pub fn {name}(&self{parameters}) -> Request<{reply}> {{\n        self.request({}){calls}\n    }}",
        name.to_uppercase(),
    );
}
