//! Checksums, passwords, and texts under a key.

use std::fmt::Write as _;

use aes::Aes256;
use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::Mac;
use sha1::Digest as _;
use sha2::Digest as _;

use super::arguments::{bytes, text};
use super::encoding::decode_base64;
use crate::golang::value::Value;
use crate::template::function::{Function, Outcome, Param, Run};

const TEXT: &[Param] = &[Param::String];
const TEXTS: &[Param] = &[Param::String, Param::String];

/// Steps that hashing a password takes: it is meant to be slow.
const SLOW: u64 = 500_000;

/// Steps that deriving a key takes: it is meant to be slower.
const SLOWER: u64 = 1_900_000;

/// Bytes of a block.
const BLOCK: usize = 16;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "sha1sum",
        TEXT,
        |a, _| Ok(Value::text(hexadecimal(&sha1::Sha1::digest(bytes(a, 0))))),
        &[("{{ sha1sum \"hello\" }}", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")],
    ),
    Function::new(
        "sha256sum",
        TEXT,
        |a, _| Ok(Value::text(hexadecimal(&sha2::Sha256::digest(bytes(a, 0))))),
        &[("{{ sha256sum \"\" | trunc 8 }}", "e3b0c442")],
    ),
    Function::new(
        "adler32sum",
        TEXT,
        |a, _| Ok(Value::text(adler32(bytes(a, 0)).to_string())),
        &[("{{ adler32sum \"hello\" }}", "103547413")],
    ),
    Function::new(
        "bcrypt",
        TEXT,
        |a, r| bcrypt(bytes(a, 0), r).map(Value::text),
        &[("{{ bcrypt \"x\" | trunc 7 }}", "$2a$10$")],
    ),
    Function::new("htpasswd", TEXTS, htpasswd, &[("{{ htpasswd \"us:er\" \"x\" }}", "invalid username: us:er")]),
    Function::new(
        "derivePassword",
        &[Param::Uint32, Param::String, Param::String, Param::String, Param::String],
        derive_password,
        &[("{{ derivePassword 1 \"pin\" \"password\" \"user\" \"example.com\" }}", "6685")],
    ),
    Function::new(
        "encryptAES",
        TEXTS,
        |a, r| Ok(encrypt(bytes(a, 0), bytes(a, 1), r)),
        &[("{{ encryptAES \"k\" \"text\" | decryptAES \"k\" }}", "text")],
    ),
    Function::new("decryptAES", TEXTS, decrypt, &[("{{ decryptAES \"k\" \"\" }}", "")]),
];

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn adler32(text: &[u8]) -> u32 {
    let (low, high) = text.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    high << 16 | low
}

/// A password's hash with a salt that follows from the seed.
fn bcrypt(password: &[u8], run: &mut Run<'_>) -> Result<String, String> {
    if password.len() > 72 {
        return Ok("failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes".to_owned());
    }
    run.budget.step(SLOW)?;
    let mut salt = [0; 16];
    salt.copy_from_slice(&run.random.bytes(16));
    bcrypt::hash_with_salt(password, 10, salt)
        .map(|parts| parts.format_for_version(bcrypt::Version::TwoA))
        .map_err(|error| error.to_string())
}

fn htpasswd(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let user = bytes(arguments, 0);
    if user.contains(&b':') {
        return Ok(Value::bytes([b"invalid username: ", user].concat()));
    }
    let hash = bcrypt(bytes(arguments, 1), run)?;
    Ok(Value::bytes([user, b":", hash.as_bytes()].concat()))
}

/// What every derived password starts from.
const DERIVED: &[u8] = b"com.lyndir.masterpassword";

/// Patterns of passwords: each letter stands for a set of characters.
const PATTERNS: [(&str, &[&str]); 6] = [
    ("maximum", &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"]),
    (
        "long",
        &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
    ),
    ("medium", &["CvcnoCvc", "CvcCvcno"]),
    ("short", &["Cvcn"]),
    ("basic", &["aaanaaan", "aannaaan", "aaannaaa"]),
    ("pin", &["nnnn"]),
];

fn characters(class: u8) -> &'static [u8] {
    match class {
        b'V' => b"AEIOU",
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'A' => b"AEIOUBCDFGHJKLMNPQRSTVWXYZ",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

/// The master password algorithm.
fn derive_password(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let kind = text(arguments, 1);
    let Some((_, patterns)) = PATTERNS.iter().find(|(name, _)| *name == kind) else {
        return Ok(Value::text(format!("cannot find password template {kind}")));
    };
    run.budget.step(SLOWER)?;
    let counter = arguments[0].unsigned().and_then(|counter| u32::try_from(counter).ok()).unwrap_or(0);
    let (password, user, site) = (bytes(arguments, 2), bytes(arguments, 3), bytes(arguments, 4));
    let length = |text: &[u8]| u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes();
    let salt = [DERIVED, &length(user), user].concat();
    let mut key = [0; 64];
    let parameters = scrypt::Params::new(15, 8, 2).map_err(|error| error.to_string())?;
    scrypt::scrypt(password, &salt, &parameters, &mut key).map_err(|error| error.to_string())?;
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(&key).map_err(|error| error.to_string())?;
    mac.update(&[DERIVED, &length(site), site, &counter.to_be_bytes()].concat());
    let seed = mac.finalize().into_bytes();
    let pattern = patterns[usize::from(seed[0]) % patterns.len()];
    let password = pattern.bytes().zip(&seed[1..]).map(|(class, byte)| {
        let set = characters(class);
        set[usize::from(*byte) % set.len()]
    });
    Ok(Value::bytes(password.collect()))
}

/// The cipher of a key: its first bytes, filled up with zeros.
fn cipher(key: &[u8]) -> Aes256 {
    let mut full = [0; 32];
    let length = key.len().min(full.len());
    full[..length].copy_from_slice(&key[..length]);
    Aes256::new(&Array::from(full))
}

fn encrypt(key: &[u8], text: &[u8], run: &mut Run<'_>) -> Value {
    let mut content = text.to_vec();
    let padding = BLOCK - content.len() % BLOCK;
    content.resize(content.len() + padding, u8::try_from(padding).unwrap_or(0));
    let cipher = cipher(key);
    let mut before = [0; BLOCK];
    before.copy_from_slice(&run.random.bytes(BLOCK));
    let mut out = before.to_vec();
    for chunk in content.chunks(BLOCK) {
        let mut block = Array::from(before);
        block.iter_mut().zip(chunk).for_each(|(byte, plain)| *byte ^= plain);
        cipher.encrypt_block(&mut block);
        before.copy_from_slice(&block);
        out.extend_from_slice(&before);
    }
    Value::text(STANDARD.encode(out))
}

fn decrypt(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let encoded = bytes(arguments, 1);
    if encoded.is_empty() {
        return Ok(Value::text(""));
    }
    let content = decode_base64(encoded)?;
    let Some((first, content)) = content.split_at_checked(BLOCK) else {
        let capacity = content.len();
        return Err(format!("runtime error: slice bounds out of range [:{BLOCK}] with capacity {capacity}"));
    };
    if content.len() % BLOCK != 0 {
        return Err("crypto/cipher: input not full blocks".to_owned());
    }
    let cipher = cipher(bytes(arguments, 0));
    let mut before = first;
    let mut out = Vec::with_capacity(content.len());
    for chunk in content.chunks(BLOCK) {
        let mut block = [0; BLOCK];
        block.copy_from_slice(chunk);
        let mut block = Array::from(block);
        cipher.decrypt_block(&mut block);
        out.extend(block.iter().zip(before).map(|(byte, mask)| byte ^ mask));
        before = chunk;
    }
    let Some(padding) = out.last().map(|last| usize::from(*last)) else {
        return Err("runtime error: index out of range [-1]".to_owned());
    };
    let Some(length) = out.len().checked_sub(padding) else {
        let end = i64::try_from(out.len()).unwrap_or(0) - i64::try_from(padding).unwrap_or(0);
        return Err(format!("runtime error: slice bounds out of range [:{end}]"));
    };
    out.truncate(length);
    Ok(Value::bytes(out))
}
