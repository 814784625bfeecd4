//! What a `dns.Resolver` has: the servers that it asks, and the queries that have no answer yet.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use deno_core::{GarbageCollected, op2, v8};
use hickory_proto::rr::{Record, RecordType};
use rtjs_core::{EventLoop, KeepAlive};
use tokio::task::AbortHandle;

use super::message::{Code, Question};
use super::query::{self, Local, Patience, Suspects};
use super::{records, system};
use crate::address::Address;

/// A channel to name servers. Its queries outlive it.
pub struct DnsChannel {
    queries: Rc<Queries>,
    /// Where the system's own are not wanted.
    servers: RefCell<Option<Vec<SocketAddr>>>,
    suspects: Suspects,
    local: Cell<Local>,
    patience: Patience,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for DnsChannel {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"DnsChannel"
    }
}

enum Answer {
    Records(RecordType, Vec<Record>),
    Names(Vec<String>),
}

struct Pending {
    callback: v8::Global<v8::Function>,
    alive: KeepAlive,
    task: Option<AbortHandle>,
}

struct Queries {
    door: EventLoop,
    next: Cell<u64>,
    /// In the order in which they were made.
    pending: RefCell<BTreeMap<u64, Pending>>,
}

impl Queries {
    /// Lets `work` run and hands its answer to `callback(code, result, ttls)`.
    fn start(
        self: &Rc<Self>,
        callback: v8::Global<v8::Function>,
        work: impl Future<Output = Result<Answer, Code>> + 'static,
    ) {
        let id = self.next.get();
        self.next.set(id + 1);
        let alive = self.door.keep_alive();
        alive.set_active(true);
        let pending = Pending {
            callback,
            alive,
            task: None,
        };
        self.pending.borrow_mut().insert(id, pending);
        let queries = self.clone();
        let task = self.door.spawn(async move {
            let answer = work.await;
            let pending = queries.pending.borrow_mut().remove(&id);
            if let Some(pending) = pending {
                queries.finish(pending, answer);
            }
        });
        if let Some(pending) = self.pending.borrow_mut().get_mut(&id) {
            pending.task = Some(task.abort_handle());
        }
    }

    fn finish(&self, pending: Pending, answer: Result<Answer, Code>) {
        let Pending { callback, alive, .. } = pending;
        self.door.post(move |scope| {
            drop(alive);
            let function = v8::Local::new(scope, &callback).into();
            let undefined = v8::undefined(scope).into();
            let [error, result, ttls] = match answer {
                Ok(Answer::Records(kind, all)) => {
                    let [result, ttls] = records::to_js(scope, kind, &all);
                    [v8::null(scope).into(), result, ttls]
                }
                Ok(Answer::Names(names)) => [v8::null(scope).into(), records::texts(scope, &names), undefined],
                Err(code) => match v8::String::new(scope, code) {
                    Some(code) => [code.into(), undefined, undefined],
                    None => return,
                },
            };
            rtjs_core::invoke(scope, function, undefined, &[error, result, ttls]);
        });
    }

    fn cancel(&self) {
        let pending = std::mem::take(&mut *self.pending.borrow_mut());
        for (_, pending) in pending {
            if let Some(task) = &pending.task {
                task.abort();
            }
            self.finish(pending, Err("ECANCELLED"));
        }
    }
}

impl DnsChannel {
    fn servers_now(&self) -> Vec<SocketAddr> {
        // Read at each question: the system's may have changed since the last.
        self.servers.borrow().clone().unwrap_or_else(system::servers)
    }

    fn ask(&self, question: Question) -> impl Future<Output = Result<Vec<Record>, Code>> + use<> {
        let (servers, suspects) = (self.servers_now(), self.suspects.clone());
        query::ask(question, servers, suspects, self.local.get(), self.patience)
    }
}

#[op2]
impl DnsChannel {
    /// `timeout` and `longest` in milliseconds: less than 1 is two seconds, and no bound.
    #[constructor]
    #[cppgc]
    fn new(isolate: &mut v8::Isolate, timeout: i32, tries: u32, longest: u32) -> DnsChannel {
        const DEFAULT_TIMEOUT: u64 = 2000;
        let timeout = u64::try_from(timeout)
            .ok()
            .filter(|t| *t > 0)
            .unwrap_or(DEFAULT_TIMEOUT);
        DnsChannel {
            queries: Rc::new(Queries {
                door: EventLoop::from_isolate(isolate),
                next: Cell::new(0),
                pending: RefCell::default(),
            }),
            servers: RefCell::new(None),
            suspects: Suspects::default(),
            local: Cell::new(Local {
                v4: Ipv4Addr::UNSPECIFIED,
                v6: Ipv6Addr::UNSPECIFIED,
            }),
            patience: Patience {
                timeout: Duration::from_millis(timeout),
                longest: (longest > 0).then(|| Duration::from_millis(u64::from(longest))),
                tries,
            },
        }
    }

    /// The servers' addresses and ports.
    #[serde]
    fn get_servers(&self) -> Vec<(String, u16)> {
        let servers = self.servers_now();
        servers.iter().map(|s| (s.ip().to_string(), s.port())).collect()
    }

    /// Takes addresses and ports; `-EBUSY` while there are queries, `-EINVAL` for what is no address.
    fn set_servers(&self, #[serde] servers: Vec<(String, u16)>) -> i32 {
        if !self.queries.pending.borrow().is_empty() {
            return -libc::EBUSY;
        }
        let mut all: Vec<SocketAddr> = Vec::new();
        for (address, port) in servers {
            match Address::ip(&address, port) {
                Ok(Address::Ip(address)) if all.contains(&address) => {}
                Ok(Address::Ip(address)) => all.push(address),
                _ => return -libc::EINVAL,
            }
        }
        *self.servers.borrow_mut() = Some(all);
        0
    }

    /// The addresses that questions come from: '' is any.
    #[fast]
    fn set_local_address(&self, #[string] v4: &str, #[string] v6: &str) {
        self.local.set(Local {
            v4: v4.parse().unwrap_or(Ipv4Addr::UNSPECIFIED),
            v6: v6.parse().unwrap_or(Ipv6Addr::UNSPECIFIED),
        });
    }

    /// Asks for the records of a type, by its number, that a name has. `callback(code, result, ttls)`: a name as `ENODATA`, or null.
    fn query(&self, #[string] name: &str, kind: u32, #[scoped] callback: v8::Global<v8::Function>) {
        let kind = RecordType::from(u16::try_from(kind).unwrap_or_default());
        match Question::new(name, kind) {
            Ok(question) => {
                let records = self.ask(question);
                self.queries
                    .start(callback, async move { Ok(Answer::Records(kind, records.await?)) });
            }
            Err(code) => self.queries.start(callback, std::future::ready(Err(code))),
        }
    }

    /// Asks for the names of an address: in the system's hosts, then of name servers. `-EINVAL` for what is no address, 0 when the callback will come.
    fn reverse(&self, #[string] address: &str, #[scoped] callback: v8::Global<v8::Function>) -> i32 {
        let Ok(address) = address.parse::<IpAddr>() else {
            return -libc::EINVAL;
        };
        let records = self.ask(Question::reverse(address));
        self.queries.start(callback, async move {
            if let Some(names) = system::aliases(address) {
                return Ok(Answer::Names(names));
            }
            // As Node, which says why only when it was told to stop.
            let records = records.await.map_err(|_| "ENOTFOUND")?;
            Ok(Answer::Records(RecordType::PTR, records))
        });
        0
    }

    /// Ends all queries with `ECANCELLED`.
    #[fast]
    fn cancel(&self) {
        self.queries.cancel();
    }
}
