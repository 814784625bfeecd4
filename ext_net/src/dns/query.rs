//! Asking: one server after the other, round after round, by UDP and, for what does not fit there, by TCP. One that has just failed comes last.

use std::cell::RefCell;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::rc::Rc;
use std::time::{Duration, Instant};

use hickory_proto::rr::Record;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, UdpSocket};

use super::message::{Code, Question, Reply};

/// How patient a resolver is.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// How long the first round waits for each server; each further round waits twice as long.
    pub(super) timeout: Duration,
    /// The longest wait, if there is one.
    pub(super) longest: Option<Duration>,
    /// How many rounds there are.
    pub(super) tries: u32,
}

/// The addresses that questions come from.
#[derive(Clone, Copy)]
pub(super) struct Local {
    pub(super) v4: Ipv4Addr,
    pub(super) v6: Ipv6Addr,
}

impl Local {
    fn toward(self, server: SocketAddr) -> SocketAddr {
        let ip: IpAddr = if server.is_ipv4() {
            self.v4.into()
        } else {
            self.v6.into()
        };
        SocketAddr::new(ip, 0)
    }
}

/// The servers that have failed of late.
#[derive(Clone, Default)]
pub(super) struct Suspects(Rc<RefCell<Vec<(SocketAddr, Instant)>>>);

impl Suspects {
    /// How long a failure is held against a server.
    const MEMORY: Duration = Duration::from_secs(5);

    fn sort(&self, servers: &mut [SocketAddr]) {
        self.0
            .borrow_mut()
            .retain(|(_, since)| since.elapsed() < Suspects::MEMORY);
        servers.sort_by_key(|server| self.0.borrow().iter().any(|(suspect, _)| suspect == server));
    }

    fn note(&self, server: SocketAddr, good: bool) {
        let mut suspects = self.0.borrow_mut();
        suspects.retain(|(suspect, _)| *suspect != server);
        if !good {
            suspects.push((server, Instant::now()));
        }
    }
}

/// The largest message.
const LARGEST: usize = 64 * 1024;

/// Asks `servers` in their order until one answers, be it with a no.
pub(super) async fn ask(
    question: Question,
    mut servers: Vec<SocketAddr>,
    suspects: Suspects,
    local: Local,
    patience: Patience,
) -> Result<Vec<Record>, Code> {
    suspects.sort(&mut servers);
    let mut failure = "ENOSERVER";
    for round in 0..patience.tries {
        let wait = patience.timeout.saturating_mul(1 << round.min(16));
        let wait = patience.longest.map_or(wait, |longest| wait.min(longest));
        for server in &servers {
            let reply = tokio::time::timeout(wait, ask_one(&question, *server, local)).await;
            let good = matches!(reply, Ok(Ok(Reply::Records(_) | Reply::Failed(_))));
            suspects.note(*server, good);
            failure = match reply {
                Ok(Ok(Reply::Records(records))) => return Ok(records),
                Ok(Ok(Reply::Failed(code))) => return Err(code),
                Ok(Ok(_)) => "EBADRESP",
                Ok(Err(_)) => "ECONNREFUSED",
                Err(_) => "ETIMEOUT",
            };
        }
    }
    Err(failure)
}

async fn ask_one(question: &Question, server: SocketAddr, local: Local) -> io::Result<Reply> {
    let Ok((bytes, id)) = question.encode() else {
        return Ok(Reply::Failed("EBADNAME"));
    };
    // A socket, and so a port, of its own: somebody who wants to answer in the server's place has to guess it. A connected one hears only
    // from the server, and that there is none.
    let socket = UdpSocket::bind(local.toward(server)).await?;
    socket.connect(server).await?;
    socket.send(&bytes).await?;
    let mut answer = vec![0; LARGEST];
    loop {
        let length = socket.recv(&mut answer).await?;
        match question.decode(id, &answer[..length]) {
            Reply::NotOurs => {}
            Reply::Cut => return ask_by_tcp(question, &bytes, id, server, local).await,
            reply => return Ok(reply),
        }
    }
}

async fn ask_by_tcp(question: &Question, bytes: &[u8], id: u16, server: SocketAddr, local: Local) -> io::Result<Reply> {
    let socket = if server.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    socket.bind(local.toward(server))?;
    let mut stream = socket.connect(server).await?;
    // A message goes behind its length.
    let length = u16::try_from(bytes.len()).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut framed = length.to_be_bytes().to_vec();
    framed.extend_from_slice(bytes);
    stream.write_all(&framed).await?;
    let mut answer = vec![0; usize::from(stream.read_u16().await?)];
    stream.read_exact(&mut answer).await?;
    Ok(question.decode(id, &answer))
}
