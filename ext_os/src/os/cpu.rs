//! The machine's processors and what they have spent their time on.

use deno_core::{ToV8, op2};

/// All processors, one element of each list a processor.
#[derive(Default, ToV8)]
pub struct Cpus {
    /// The model's name; `unknown` where the machine does not say.
    models: Vec<String>,
    /// Megahertz.
    speeds: Vec<f64>,
    /// Milliseconds: user, nice, sys, idle, irq of the first processor, then of the next.
    times: Vec<f64>,
}

/// Milliseconds in a tick of /proc/stat.
const TICK_MS: f64 = 10.0;

/// The processors in the order of /proc/stat.
#[op2]
#[scoped]
pub fn op_os_cpus() -> Cpus {
    let stat = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let described = parse_info(&info);
    let mut cpus = Cpus::default();
    for (number, times) in parse_stat(&stat) {
        let (model, megahertz) = described
            .iter()
            .find(|cpu| cpu.0 == number)
            .map_or(("unknown", 0.0), |cpu| (cpu.1, cpu.2));
        cpus.models.push(model.to_owned());
        cpus.speeds.push(current_speed(number).unwrap_or(megahertz));
        cpus.times.extend(times);
    }
    cpus
}

fn current_speed(number: u32) -> Option<f64> {
    let path = format!("/sys/devices/system/cpu/cpu{number}/cpufreq/scaling_cur_freq");
    let kilohertz: f64 = std::fs::read_to_string(path).ok()?.trim().parse().ok()?;
    Some((kilohertz / 1000.0).trunc())
}

fn parse_stat(stat: &str) -> Vec<(u32, [f64; 5])> {
    let cpu = |line: &str| {
        let (number, rest) = line.strip_prefix("cpu")?.split_once(' ')?;
        let number = number.parse().ok()?;
        let mut ticks = rest
            .split_whitespace()
            .map(|word| word.parse::<f64>().unwrap_or(0.0) * TICK_MS);
        let mut next = || ticks.next().unwrap_or(0.0);
        let (user, nice, sys, idle, _wait, irq) = (next(), next(), next(), next(), next(), next());
        Some((number, [user, nice, sys, idle, irq]))
    };
    stat.lines().filter_map(cpu).collect()
}

/// Number, model and megahertz of each processor.
fn parse_info(info: &str) -> Vec<(u32, &str, f64)> {
    let mut cpus: Vec<(u32, &str, f64)> = Vec::new();
    for line in info.lines() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match key.trim() {
            "processor" => {
                if let Ok(number) = value.parse() {
                    cpus.push((number, "unknown", 0.0));
                }
            }
            "model name" => {
                if let Some(cpu) = cpus.last_mut() {
                    cpu.1 = value;
                }
            }
            "cpu MHz" => {
                if let Some(cpu) = cpus.last_mut() {
                    cpu.2 = value.parse().map_or(0.0, f64::trunc);
                }
            }
            _ => {}
        }
    }
    cpus
}

#[cfg(test)]
mod tests {
    use super::{parse_info, parse_stat};

    #[test]
    fn times_are_milliseconds_and_the_sum_line_is_left_out() {
        let stat = "cpu  9 9 9 9 9 9\ncpu0 1 2 3 4 5 6 7\ncpu1 1 1 1 1 1 1\nintr 5\n";
        let cpus = parse_stat(stat);
        assert_eq!(cpus.len(), 2);
        assert_eq!(cpus[0], (0, [10.0, 20.0, 30.0, 40.0, 60.0]));
    }

    #[test]
    fn a_processor_without_a_model_is_unknown() {
        let info = "processor\t: 0\nmodel name\t: A B\ncpu MHz\t\t: 2596.098\n\nprocessor\t: 1\n";
        assert_eq!(parse_info(info), [(0, "A B", 2596.0), (1, "unknown", 0.0)]);
    }
}
