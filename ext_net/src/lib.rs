//! Sockets of rtjs: TCP and unix streams, listeners, UDP, DNS and HTTP. What bytes mean to a Node program (events, streams,
//! options) is JavaScript's; moving them is done here.
//!
//! - `socket.rs` is the core that TCP and unix handles share; `read.rs`, `write.rs`, `connect.rs` and `accept.rs` are its four abilities;
//! - `stream_handle.rs` is what JavaScript sees of every stream; `tcp.rs` and `pipe.rs` add what is theirs;
//! - `udp.rs` and `udp_handle.rs` are datagram sockets; `dns/` asks the system and name servers;
//! - `http/` serves HTTP with hyper on connections that need never become JavaScript objects.

mod accept;
mod address;
mod callbacks;
mod chunk;
mod connect;
mod dns;
mod fd_type;
mod http;
mod numbers;
mod pipe;
mod pool;
mod pump;
mod reactor;
mod read;
mod socket;
mod stream_handle;
mod sys;
mod tcp;
mod udp;
mod udp_handle;
mod write;

pub use accept::{ConnectionSink, JsSink};
pub use dns::DnsChannel;
pub use http::HttpServer;
pub use pipe::Pipe;
pub use socket::{Family, Socket};
pub use stream_handle::{StreamHandle, new_connected_handle};
pub use tcp::Tcp;
pub use udp_handle::Udp;

deno_core::extension!(
    rtjs_net,
    deps = [rtjs_core],
    ops = [
        callbacks::op_net_connection_callback_set,
        dns::op_net_dns_lookup,
        dns::op_net_dns_lookup_service,
        fd_type::op_net_fd_type,
        http::op_net_http_callbacks_set,
        http::op_net_http_date,
        http::op_net_http_fields,
        http::op_net_http_pipe,
    ],
    objects = [
        pump::NetPump,
        stream_handle::StreamHandle,
        tcp::Tcp,
        pipe::Pipe,
        udp_handle::Udp,
        dns::DnsChannel,
        http::HttpServer,
        http::HttpClient,
        http::HttpExchanges,
        http::HttpMessageParser,
        http::HttpPipe,
        http::HttpSocket,
    ],
);
