//! Functions that would reach the network or make keys. Their arguments are checked as Go checks them; then each is
//! an error that says that it isn't done here.

use std::rc::Rc;

use super::arguments::{bytes, text};
use super::encoding::decode_base64;
use crate::golang::value::{Struct, Value};
use crate::template::function::{Function, Outcome, Param, Run};

const CERTIFICATE: Param = Param::Opaque("sprig.certificate");

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("getHostByName", &[Param::String], |_, r| refused("getHostByName", "looks up a name", r), &[]),
    Function::new("genPrivateKey", &[Param::String], private_key, &[("{{ genPrivateKey \"x\" }}", "Unknown type x")]),
    Function::new("genCA", &[Param::String, Param::Int], |_, r| key("genCA", r), &[]),
    Function::new("genCAWithKey", &[Param::String, Param::Int, Param::String], |_, r| key("genCAWithKey", r), &[]),
    Function::new(
        "genSelfSignedCert",
        &[Param::String, Param::Anys, Param::Anys, Param::Int],
        |_, r| key("genSelfSignedCert", r),
        &[],
    ),
    Function::new(
        "genSelfSignedCertWithKey",
        &[Param::String, Param::Anys, Param::Anys, Param::Int, Param::String],
        |_, r| key("genSelfSignedCertWithKey", r),
        &[],
    ),
    Function::new(
        "genSignedCert",
        &[Param::String, Param::Anys, Param::Anys, Param::Int, CERTIFICATE],
        |_, r| key("genSignedCert", r),
        &[],
    ),
    Function::new(
        "genSignedCertWithKey",
        &[Param::String, Param::Anys, Param::Anys, Param::Int, CERTIFICATE, Param::String],
        |_, r| key("genSignedCertWithKey", r),
        &[],
    ),
    Function::new("buildCustomCert", &[Param::String, Param::String], custom_certificate, &[]),
];

fn refused(name: &str, what: &str, run: &mut Run<'_>) -> Outcome {
    run.stopped = true;
    Err(format!("{name} {what}, which is not done here"))
}

fn key(name: &str, run: &mut Run<'_>) -> Outcome {
    refused(name, "makes keys", run)
}

fn private_key(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    match text(arguments, 0).as_ref() {
        "" | "rsa" | "dsa" | "ecdsa" | "ed25519" => key("genPrivateKey", run),
        other => Ok(Value::text(format!("Unknown type {other}"))),
    }
}

/// The label of the first PEM block of a text.
fn pem_label(text: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let start = text.find("-----BEGIN ")? + "-----BEGIN ".len();
    let label = &text[start..start + text[start..].find("-----")?];
    text.contains(&format!("-----END {label}-----")).then(|| label.to_owned())
}

/// A certificate and its key, as far as they can be told without looking into them.
fn custom_certificate(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let certificate = decode_base64(bytes(arguments, 0)).map_err(|_| "unable to decode base64 certificate")?;
    let key = decode_base64(bytes(arguments, 1)).map_err(|_| "unable to decode base64 private key")?;
    pem_label(&certificate).ok_or("unable to decode certificate")?;
    match pem_label(&key) {
        None => return Err("error parsing private key: no PEM data in input".to_owned()),
        Some(label) if label != "PRIVATE KEY" && !label.ends_with(" PRIVATE KEY") => {
            return Err(format!("error parsing private key: no private key data in PEM block of type {label}"));
        }
        Some(_) => {}
    }
    Ok(Value::Struct(Rc::new(Struct {
        type_name: "sprig.certificate",
        comparable: true,
        fields: vec![("Cert", Value::bytes(certificate)), ("Key", Value::bytes(key))],
    })))
}
