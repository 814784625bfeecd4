//! Errors with the codes that OpenSSL's have in Node.

use deno_error::JsError;
use rustls::{AlertDescription, Error, InvalidMessage, PeerIncompatible};

/// What an op refuses, with Node's code for it.
#[derive(Debug, thiserror::Error, JsError)]
#[class(generic)]
#[error("{message}")]
#[property("code" = self.code)]
pub struct TlsError {
    code: &'static str,
    message: String,
}

impl TlsError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> TlsError {
        TlsError {
            code,
            message: message.into(),
        }
    }

    /// Whether there was no PEM to read.
    pub(crate) fn is_no_start_line(&self) -> bool {
        self.code == "ERR_OSSL_PEM_NO_START_LINE"
    }

    pub(crate) fn no_ciphers(error: &Error) -> TlsError {
        TlsError::new(
            "ERR_SSL_NO_CIPHERS_AVAILABLE",
            format!("SSL routines::no ciphers available: {error}"),
        )
    }

    /// Whether there is no such algorithm here.
    pub(crate) fn is_unsupported(&self) -> bool {
        self.code == "ERR_OSSL_UNSUPPORTED"
    }

    /// Whether a passphrase was missing or wrong.
    pub(crate) fn is_bad_decrypt(&self) -> bool {
        self.code == "ERR_OSSL_BAD_DECRYPT"
    }

    pub(crate) fn not_a_certificate() -> TlsError {
        TlsError::new(
            "ERR_OSSL_PEM_NO_START_LINE",
            "error:0480006C:PEM routines::no start line",
        )
    }
}

/// Whether what came is no TLS at all.
pub(crate) fn is_no_tls(error: &Error) -> bool {
    matches!(
        error,
        Error::InvalidMessage(InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion)
    )
}

/// OpenSSL's name for what went wrong in a connection: without `ERR_SSL_`, in capitals.
pub(crate) fn reason(error: &Error) -> &'static str {
    match error {
        Error::AlertReceived(alert) => alert_reason(*alert),
        Error::InvalidMessage(InvalidMessage::MessageTooLarge) => "DATA_LENGTH_TOO_LONG",
        Error::InvalidMessage(InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion) => {
            "WRONG_VERSION_NUMBER"
        }
        Error::InvalidMessage(_) => "BAD_LENGTH",
        Error::PeerIncompatible(why) => match why {
            PeerIncompatible::NoCipherSuitesInCommon => "NO_SHARED_CIPHER",
            PeerIncompatible::NoKxGroupsInCommon => "NO_SUITABLE_KEY_SHARE",
            PeerIncompatible::NoSignatureSchemesInCommon => "NO_SHARED_SIGNATURE_ALGORITHMS",
            PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon => "NO_SUITABLE_SIGNATURE_ALGORITHM",
            _ => "UNSUPPORTED_PROTOCOL",
        },
        Error::NoApplicationProtocol => "NO_APPLICATION_PROTOCOL",
        Error::NoCertificatesPresented => "PEER_DID_NOT_RETURN_A_CERTIFICATE",
        Error::DecryptError => "DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
        Error::PeerSentOversizedRecord => "DATA_LENGTH_TOO_LONG",
        Error::InappropriateMessage { .. } | Error::InappropriateHandshakeMessage { .. } => "UNEXPECTED_MESSAGE",
        Error::InvalidCertificate(_) => "BAD_SIGNATURE",
        // What rustls says when there is no certificate for the client's algorithms.
        Error::General(text) if text.contains("certificate chain") => "NO_SHARED_CIPHER",
        _ => "TLS_ERROR",
    }
}

fn alert_reason(alert: AlertDescription) -> &'static str {
    match alert {
        AlertDescription::UnexpectedMessage => "SSL/TLS_ALERT_UNEXPECTED_MESSAGE",
        AlertDescription::BadRecordMac => "SSL/TLS_ALERT_BAD_RECORD_MAC",
        AlertDescription::DecompressionFailure => "SSL/TLS_ALERT_DECOMPRESSION_FAILURE",
        AlertDescription::HandshakeFailure => "SSL/TLS_ALERT_HANDSHAKE_FAILURE",
        AlertDescription::NoCertificate => "SSL/TLS_ALERT_NO_CERTIFICATE",
        AlertDescription::BadCertificate => "SSL/TLS_ALERT_BAD_CERTIFICATE",
        AlertDescription::UnsupportedCertificate => "SSL/TLS_ALERT_UNSUPPORTED_CERTIFICATE",
        AlertDescription::CertificateRevoked => "SSL/TLS_ALERT_CERTIFICATE_REVOKED",
        AlertDescription::CertificateExpired => "SSL/TLS_ALERT_CERTIFICATE_EXPIRED",
        AlertDescription::CertificateUnknown => "SSL/TLS_ALERT_CERTIFICATE_UNKNOWN",
        AlertDescription::IllegalParameter => "SSL/TLS_ALERT_ILLEGAL_PARAMETER",
        AlertDescription::RecordOverflow => "TLSV1_ALERT_RECORD_OVERFLOW",
        AlertDescription::UnknownCA => "TLSV1_ALERT_UNKNOWN_CA",
        AlertDescription::AccessDenied => "TLSV1_ALERT_ACCESS_DENIED",
        AlertDescription::DecodeError => "TLSV1_ALERT_DECODE_ERROR",
        AlertDescription::DecryptError => "TLSV1_ALERT_DECRYPT_ERROR",
        AlertDescription::ProtocolVersion => "TLSV1_ALERT_PROTOCOL_VERSION",
        AlertDescription::InsufficientSecurity => "TLSV1_ALERT_INSUFFICIENT_SECURITY",
        AlertDescription::InternalError => "TLSV1_ALERT_INTERNAL_ERROR",
        AlertDescription::InappropriateFallback => "TLSV1_ALERT_INAPPROPRIATE_FALLBACK",
        AlertDescription::UserCanceled => "TLSV1_ALERT_USER_CANCELLED",
        AlertDescription::NoRenegotiation => "TLSV1_ALERT_NO_RENEGOTIATION",
        AlertDescription::MissingExtension => "TLSV13_ALERT_MISSING_EXTENSION",
        AlertDescription::CertificateRequired => "TLSV13_ALERT_CERTIFICATE_REQUIRED",
        AlertDescription::UnsupportedExtension => "TLSV1_UNSUPPORTED_EXTENSION",
        AlertDescription::UnrecognisedName => "TLSV1_UNRECOGNIZED_NAME",
        AlertDescription::NoApplicationProtocol => "TLSV1_ALERT_NO_APPLICATION_PROTOCOL",
        _ => "TLS_ALERT",
    }
}
