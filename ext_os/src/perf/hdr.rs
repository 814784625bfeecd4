//! A histogram of high dynamic range: counts of values from one to a very large one, each kept to a number of significant digits.
//!
//! Values fall into buckets of which each covers twice the range of the one before, with the same number of equal steps in each. No V8, no I/O.

/// See the module.
pub(super) struct Hdr {
    highest: i64,
    unit_magnitude: u32,
    half_magnitude: u32,
    half_count: i64,
    mask: i64,
    counts: Vec<i64>,
    total: i64,
    least: i64,
    greatest: i64,
}

impl Hdr {
    /// For values up to `highest` with a resolution of `lowest`, exact to `figures` decimal digits (1 to 5).
    pub(super) fn new(lowest: i64, highest: i64, figures: u32) -> Hdr {
        let lowest = lowest.max(1);
        // The largest value that is still to be told from its neighbours.
        let steps = 2 * 10i64.pow(figures.clamp(1, 5));
        let magnitude = u64::BITS - (steps as u64 - 1).leading_zeros();
        let half_magnitude = magnitude.max(1) - 1;
        let unit_magnitude = lowest.ilog2();
        let count = 1i64 << (half_magnitude + 1);
        let mut buckets = 1usize;
        let mut beyond = i128::from(count) << unit_magnitude;
        while beyond <= i128::from(highest) {
            beyond <<= 1;
            buckets += 1;
        }
        let half_count = count / 2;
        Hdr {
            highest,
            unit_magnitude,
            half_magnitude,
            half_count,
            mask: (count - 1) << unit_magnitude,
            counts: vec![0; (buckets + 1) * half_count as usize],
            total: 0,
            least: i64::MAX,
            greatest: 0,
        }
    }

    /// Counts `value`; false when it is out of range.
    pub(super) fn record(&mut self, value: i64) -> bool {
        self.record_many(value, 1)
    }

    fn record_many(&mut self, value: i64, count: i64) -> bool {
        if value < 0 || value > self.highest {
            return false;
        }
        let index = self.index_of(value);
        let Some(place) = self.counts.get_mut(index) else {
            return false;
        };
        *place += count;
        self.total += count;
        if value != 0 {
            self.least = self.least.min(value);
        }
        self.greatest = self.greatest.max(value);
        true
    }

    /// Adds what `other` has counted; returns how many values were out of range.
    pub(super) fn add(&mut self, other: &Hdr) -> i64 {
        let mut dropped = 0;
        for (index, &count) in other.counts.iter().enumerate() {
            if count != 0 && !self.record_many(other.value_at(index), count) {
                dropped += count;
            }
        }
        dropped
    }

    pub(super) fn reset(&mut self) {
        self.counts.fill(0);
        self.total = 0;
        self.least = i64::MAX;
        self.greatest = 0;
    }

    pub(super) fn total(&self) -> i64 {
        self.total
    }

    /// The least value; the largest integer there is when there is none.
    pub(super) fn min(&self) -> i64 {
        if self.counts.first().is_some_and(|&count| count > 0) {
            return 0;
        }
        if self.least == i64::MAX {
            i64::MAX
        } else {
            self.lowest_equivalent(self.least)
        }
    }

    pub(super) fn max(&self) -> i64 {
        if self.total == 0 {
            0
        } else {
            self.highest_equivalent(self.greatest)
        }
    }

    /// NaN when there is no value.
    pub(super) fn mean(&self) -> f64 {
        let sum: f64 = self
            .recorded()
            .map(|(value, count)| count as f64 * self.median_equivalent(value) as f64)
            .sum();
        sum / self.total as f64
    }

    /// NaN when there is no value.
    pub(super) fn stddev(&self) -> f64 {
        let mean = self.mean();
        let sum: f64 = self
            .recorded()
            .map(|(value, count)| {
                let distance = self.median_equivalent(value) as f64 - mean;
                distance * distance * count as f64
            })
            .sum();
        (sum / self.total as f64).sqrt()
    }

    /// The value that `percentile` percent of all are not above.
    pub(super) fn percentile(&self, percentile: f64) -> i64 {
        let wanted = (percentile.min(100.0) / 100.0 * self.total as f64 + 0.5) as i64;
        let wanted = wanted.max(1);
        let mut seen = 0;
        for (value, count) in self.recorded() {
            seen += count;
            if seen >= wanted {
                return self.highest_equivalent(value);
            }
        }
        0
    }

    /// Percentiles at ever smaller distances from 100, with their values.
    pub(super) fn percentiles(&self) -> Vec<(f64, i64)> {
        let mut result = Vec::new();
        let mut next = 0.0f64;
        let mut seen = 0;
        let mut last = 0;
        for (value, count) in self.recorded() {
            seen += count;
            last = value;
            let reached = 100.0 * seen as f64 / self.total as f64;
            // Several may be due at one value, until that is the last.
            while next <= reached {
                result.push((next, value));
                let halvings = (100.0 / (100.0 - next)).log2() as i32 + 1;
                next += 100.0 / 2f64.powi(halvings);
                if seen == self.total {
                    break;
                }
            }
        }
        result.push((100.0, last));
        result
    }

    /// The values that have been counted, in order, with their counts.
    fn recorded(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count != 0)
            .map(|(index, &count)| (self.value_at(index), count))
    }

    fn bucket_of(&self, value: i64) -> u32 {
        let bits = u64::BITS - ((value | self.mask) as u64).leading_zeros();
        bits - self.unit_magnitude - (self.half_magnitude + 1)
    }

    fn index_of(&self, value: i64) -> usize {
        let bucket = self.bucket_of(value);
        let step = value >> (bucket + self.unit_magnitude);
        let base = i64::from(bucket + 1) << self.half_magnitude;
        (base + step - self.half_count) as usize
    }

    fn value_at(&self, index: usize) -> i64 {
        let index = index as i64;
        let bucket = (index >> self.half_magnitude) - 1;
        let step = (index & (self.half_count - 1)) + self.half_count;
        let (bucket, step) = if bucket < 0 {
            (0, step - self.half_count)
        } else {
            (bucket, step)
        };
        step << (bucket as u32 + self.unit_magnitude)
    }

    fn lowest_equivalent(&self, value: i64) -> i64 {
        let shift = self.bucket_of(value) + self.unit_magnitude;
        (value >> shift) << shift
    }

    fn width(&self, value: i64) -> i64 {
        1i64 << (self.bucket_of(value) + self.unit_magnitude)
    }

    fn highest_equivalent(&self, value: i64) -> i64 {
        self.lowest_equivalent(value) + (self.width(value) - 1)
    }

    fn median_equivalent(&self, value: i64) -> i64 {
        self.lowest_equivalent(value) + (self.width(value) >> 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Hdr;

    fn sample(values: &[i64]) -> Hdr {
        let mut histogram = Hdr::new(1, (1 << 53) - 1, 3);
        for &value in values {
            assert!(histogram.record(value));
        }
        histogram
    }

    #[test]
    fn figures_of_a_few_values() {
        let histogram = sample(&[5, 1000, 123_456]);
        assert_eq!(histogram.min(), 5);
        assert_eq!(histogram.max(), 123_519);
        assert!((histogram.mean() - 41_497.666_666_666_664).abs() < 1e-9);
        assert!((histogram.stddev() - 57_977.343_714_784_16).abs() < 1e-6);
        assert_eq!(
            histogram.percentiles(),
            [(0.0, 5), (50.0, 1000), (75.0, 123_456), (100.0, 123_456)]
        );
    }

    #[test]
    fn nothing_recorded() {
        let histogram = sample(&[]);
        assert_eq!(histogram.min(), i64::MAX);
        assert_eq!(histogram.max(), 0);
        assert!(histogram.mean().is_nan());
        assert_eq!(histogram.percentiles(), [(100.0, 0)]);
        assert_eq!(histogram.percentile(50.0), 0);
    }

    #[test]
    fn values_out_of_range_are_refused() {
        let mut histogram = Hdr::new(1, 1000, 3);
        assert!(!histogram.record(1001));
        assert!(!histogram.record(-1));
        assert!(histogram.record(1000));
        assert_eq!(histogram.add(&sample(&[1, 5000])), 1);
        assert_eq!(histogram.total(), 2);
    }
}
