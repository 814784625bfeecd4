//! Bits that Rust and JavaScript (js/internal/http/flags.js, same names) exchange about a message.

/// The sender wants the connection kept, by version and Connection header.
pub(crate) const KEEP_ALIVE: u32 = 1;
/// HTTP/1.1.
pub(crate) const HTTP_1_1: u32 = 2;
/// A HEAD request.
pub(crate) const HEAD: u32 = 4;
/// A body follows, perhaps an empty one: the head has Content-Length above 0 or Transfer-Encoding.
pub(crate) const BODY: u32 = 8;
/// There is an Expect header.
pub(crate) const EXPECT: u32 = 16;
/// Another protocol is asked for: `Connection: upgrade` with Upgrade.
pub(crate) const UPGRADE: u32 = 32;
/// A CONNECT request.
pub(crate) const CONNECT: u32 = 64;
/// There is a Host header.
pub(crate) const HOST: u32 = 128;
/// The head has Content-Length or Transfer-Encoding.
pub(crate) const FRAMED: u32 = 256;
/// Its body ends with the connection.
pub(crate) const UNTIL_END: u32 = 1024;

/// Of a message that goes out: the connection ends with it.
pub(crate) const CLOSE: u32 = 1;
/// Its body goes out in chunks.
pub(crate) const CHUNKED: u32 = 2;
/// Its body goes out as it is, and the end of the connection ends it.
pub(crate) const RAW: u32 = 4;
/// It is a HEAD request.
pub(crate) const OUT_HEAD: u32 = 8;
/// It is a CONNECT request.
pub(crate) const OUT_CONNECT: u32 = 16;
/// It is a client's; JavaScript's own.
#[expect(dead_code, reason = "named so that nobody takes the bit")]
pub(crate) const OUT_REQUEST: u32 = 32;
