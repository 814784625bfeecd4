//! HTTP/1.1 with hyper. A connection never becomes a JavaScript object here: descriptor -> hyper -> one call for each request -> one op for
//! its whole response.
//!
//! - `server.rs` owns the connections of one server and hands requests to JavaScript, all that are ready in one turn;
//! - `exchange.rs` is one request with its response, and what JavaScript sees of it;
//! - `body.rs` carries bodies both ways with back-pressure;
//! - `conn_io.rs` is the descriptor under hyper; `head_capture.rs` and `head_rewriter.rs` keep heads as they were written.

mod body;
mod conn_io;
mod date;
mod exchange;
mod head_capture;
mod head_rewriter;
mod server;

pub(crate) use date::op_net_http_date;
pub(crate) use exchange::HttpExchange;
pub use server::HttpServer;
pub(crate) use server::op_net_http_callbacks_set;
