//! Histograms as JavaScript holds them.

use std::cell::{Cell, RefCell};
use std::time::Instant;

use deno_core::{GarbageCollected, op2, v8};

use super::hdr::Hdr;

/// Counts values, or the time between calls.
pub struct Histogram {
    hdr: RefCell<Hdr>,
    exceeds: Cell<i64>,
    last: Cell<Option<Instant>>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for Histogram {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"Histogram"
    }
}

impl Histogram {
    fn count(&self, value: i64) {
        if !self.hdr.borrow_mut().record(value) {
            self.exceeds.set(self.exceeds.get() + 1);
        }
    }
}

#[op2]
impl Histogram {
    #[constructor]
    #[cppgc]
    fn new(#[bigint] lowest: i64, #[bigint] highest: i64, figures: u32) -> Histogram {
        Histogram {
            hdr: RefCell::new(Hdr::new(lowest, highest, figures)),
            exceeds: Cell::new(0),
            last: Cell::new(None),
        }
    }

    #[fast]
    fn record(&self, value: f64) {
        self.count(value as i64);
    }

    #[fast]
    fn record_big(&self, #[bigint] value: i64) {
        self.count(value);
    }

    /// Counts the nanoseconds since the last call, if there was one.
    #[fast]
    fn record_delta(&self) {
        let now = Instant::now();
        if let Some(last) = self.last.replace(Some(now)) {
            let delta = i64::try_from(now.duration_since(last).as_nanos()).unwrap_or(i64::MAX);
            if delta > 0 {
                self.count(delta);
            }
        }
    }

    /// Forgets when the last delta was.
    #[fast]
    fn restart(&self) {
        self.last.set(None);
    }

    /// Adds what the other has counted.
    #[fast]
    fn add(&self, #[cppgc] other: &Histogram) {
        if std::ptr::eq(self, other) {
            return;
        }
        let dropped = self.hdr.borrow_mut().add(&other.hdr.borrow());
        self.exceeds.set(self.exceeds.get() + other.exceeds.get() + dropped);
    }

    #[fast]
    fn reset(&self) {
        self.hdr.borrow_mut().reset();
        self.exceeds.set(0);
        self.last.set(None);
    }

    #[fast]
    #[bigint]
    fn total(&self) -> i64 {
        self.hdr.borrow().total()
    }

    #[fast]
    #[bigint]
    fn min(&self) -> i64 {
        self.hdr.borrow().min()
    }

    #[fast]
    #[bigint]
    fn max(&self) -> i64 {
        self.hdr.borrow().max()
    }

    #[fast]
    #[bigint]
    fn exceeds(&self) -> i64 {
        self.exceeds.get()
    }

    #[fast]
    fn mean(&self) -> f64 {
        self.hdr.borrow().mean()
    }

    #[fast]
    fn stddev(&self) -> f64 {
        self.hdr.borrow().stddev()
    }

    #[fast]
    #[bigint]
    fn percentile(&self, percentile: f64) -> i64 {
        self.hdr.borrow().percentile(percentile)
    }

    /// `[percentile, value, ...]`, values as BigInts.
    fn percentiles<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Array> {
        let mut flat: Vec<v8::Local<v8::Value>> = Vec::new();
        for (percentile, value) in self.hdr.borrow().percentiles() {
            flat.push(v8::Number::new(scope, percentile).into());
            flat.push(v8::BigInt::new_from_i64(scope, value).into());
        }
        v8::Array::new_with_elements(scope, &flat)
    }
}
