//! HTTP/1.1 with hyper, a server's side and a client's.
//!
//! The way of a request through a server: `server.rs` takes a descriptor from a listener -> `conn_task.rs` has the bytes read -> `inbound.rs` reads the head
//! (`head_parser.rs`, `start_line.rs`, `chunks.rs`) and makes an `exchange.rs` of it for JavaScript -> one call of JavaScript -> `respondText()` and its like
//! (`exchange_table.rs`) wake the task, which borrows a hyper connection (`engine.rs`) -> hyper gets a bare head through `conn_io.rs` and frames the response ->
//! `outbound.rs` puts the program's own head in the place of hyper's -> one system call. The connection is a JavaScript object only where somebody asks for it.
//!
//! - `conn.rs` is what the parts of one connection share, `conn_messages.rs` its messages, `conn_bytes.rs` its reads and writes; `socket_handle.rs` is what a
//!   net.Socket reaches it by;
//! - `body.rs` carries outgoing bodies with back-pressure, `body_in.rs` and `exchange_in.rs` those that come in;
//! - `transport.rs`, `secure.rs` and `pipe.rs` are what carries bytes: a descriptor, one with TLS before it, or any JavaScript stream;
//! - `client.rs` is the client's side, `sweep.rs` the timeouts of servers; `parser.rs` is for programs that parse by themselves.

mod body;
mod body_in;
mod callbacks;
mod chunks;
mod client;
mod conn;
mod conn_bytes;
mod conn_io;
mod conn_messages;
mod conn_task;
mod date;
mod engine;
mod exchange;
mod exchange_in;
mod exchange_table;
mod few;
mod flags;
mod head;
mod head_parser;
mod header_shapes;
mod inbound;
mod outbound;
mod parser;
mod pipe;
mod raw;
mod secure;
mod server;
mod socket_handle;
mod start_line;
mod sweep;
mod syntax;
mod times;
mod transport;

pub(crate) use callbacks::op_net_http_callbacks_set;
pub(crate) use client::{HttpClient, op_net_http_pipe};
pub(crate) use date::op_net_http_date;
pub(crate) use exchange_table::{HttpExchanges, op_net_http_fields};
pub(crate) use parser::HttpMessageParser;
pub(crate) use pipe::HttpPipe;
pub use server::HttpServer;
pub(crate) use socket_handle::HttpSocket;
