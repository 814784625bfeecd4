//! What an op refuses, with Node's code for it.

use std::borrow::Cow;

use deno_error::{AdditionalProperties, JsErrorClass, PropertyValue};

/// A message, and the code that OpenSSL's error has in Node; '' where it has none.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct CryptoError {
    code: &'static str,
    message: String,
}

impl JsErrorClass for CryptoError {
    fn get_class(&self) -> Cow<'static, str> {
        Cow::Borrowed("Error")
    }

    fn get_message(&self) -> Cow<'static, str> {
        Cow::Owned(self.message.clone())
    }

    /// OpenSSL's errors name their library and their reason: `error:NUMBER:library::reason`.
    fn get_additional_properties(&self) -> AdditionalProperties {
        let mut found: Vec<(Cow<'static, str>, PropertyValue)> = Vec::new();
        let mut add = |name: &'static str, value: &str| {
            found.push((
                Cow::Borrowed(name),
                PropertyValue::String(Cow::Owned(value.to_string())),
            ));
        };
        let words = self
            .message
            .strip_prefix("error:")
            .and_then(|rest| rest.split_once(':'));
        if let Some((library, reason)) = words.and_then(|(_, words)| words.split_once("::")) {
            add("library", library);
            add("reason", reason);
        }
        if !self.code.is_empty() {
            add("code", self.code);
        }
        Box::new(found.into_iter())
    }

    fn get_ref(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
        self
    }
}

impl CryptoError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> CryptoError {
        CryptoError {
            code,
            message: message.into(),
        }
    }

    /// Bytes in which there is no key.
    pub(crate) fn no_key() -> CryptoError {
        CryptoError::new("ERR_OSSL_UNSUPPORTED", "error:1E08010C:DECODER routines::unsupported")
    }

    /// What cannot be done with a key of this kind.
    pub(crate) fn wrong_kind() -> CryptoError {
        CryptoError::new(
            "ERR_OSSL_EVP_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE",
            "error:03000096:digital envelope routines::operation not supported for this keytype",
        )
    }

    pub(crate) fn no_digest() -> CryptoError {
        CryptoError::new("ERR_CRYPTO_INVALID_DIGEST", "Invalid digest")
    }
}

pub(crate) type Result<T> = std::result::Result<T, CryptoError>;
