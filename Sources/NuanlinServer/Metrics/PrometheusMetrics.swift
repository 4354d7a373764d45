package import CoreMetrics
import Synchronization

/// Keeps what the program measures and writes it as Prometheus text (exposition format 0.0.4).
///
/// Names and labels come from the program, never from people; a label that would hold what a person sent is a fault.
package final class PrometheusMetrics: MetricsFactory, Sendable {
  struct Series: Hashable, Sendable {
    let name: String
    let labels: String
  }

  private struct State {
    var counters: [Series: PrometheusCounter] = [:]
    var gauges: [Series: PrometheusGauge] = [:]
    var summaries: [Series: PrometheusSummary] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    let series = Self.series(label, dimensions)
    return state.withLock { $0.counters.existing(series) { PrometheusCounter() } }
  }

  package func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    let series = Self.series(label, dimensions)
    return aggregate
      ? state.withLock { $0.summaries.existing(series) { PrometheusSummary() } }
      : state.withLock { $0.gauges.existing(series) { PrometheusGauge() } }
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    let series = Self.series(label + "_seconds", dimensions)
    return state.withLock { $0.summaries.existing(series) { PrometheusSummary() } }
  }

  package func destroyCounter(_ handler: any CounterHandler) {}
  package func destroyRecorder(_ handler: any RecorderHandler) {}
  package func destroyTimer(_ handler: any TimerHandler) {}

  /// All series in the order of their names, each name after its type.
  package func text() -> String {
    let state = state.withLock { ($0.counters, $0.gauges, $0.summaries) }
    var entries: [(series: Series, type: String, lines: String)] = []
    for (series, counter) in state.0 {
      entries.append((series, "counter", "\(series.name)\(series.labels) \(counter.value)"))
    }
    for (series, gauge) in state.1 {
      entries.append((series, "gauge", "\(series.name)\(series.labels) \(gauge.value)"))
    }
    for (series, summary) in state.2 {
      let (count, sum) = summary.values
      entries.append(
        (
          series, "summary",
          "\(series.name)_count\(series.labels) \(count)\n\(series.name)_sum\(series.labels) \(sum)"
        ))
    }
    entries.sort { ($0.series.name, $0.series.labels) < ($1.series.name, $1.series.labels) }
    var lines: [String] = []
    var name = ""
    for entry in entries {
      if entry.series.name != name { lines.append("# TYPE \(entry.series.name) \(entry.type)") }
      name = entry.series.name
      lines.append(entry.lines)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func series(_ label: String, _ dimensions: [(String, String)]) -> Series {
    let name =
      "nuanlin_" + label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "_" }.joined()
    let labels = dimensions.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
    return Series(name: name, labels: labels.isEmpty ? "" : "{\(labels)}")
  }

  private static func escaped(_ value: String) -> String {
    value.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0 == "\n" ? "\\n" : String($0) }.joined()
  }
}

extension Dictionary {
  fileprivate mutating func existing(_ key: Key, or make: () -> Value) -> Value {
    if let value = self[key] { return value }
    let value = make()
    self[key] = value
    return value
  }
}

final class PrometheusCounter: CounterHandler, Sendable {
  private let count = Atomic<Int64>(0)

  var value: Int64 { count.load(ordering: .relaxed) }

  func increment(by amount: Int64) { count.wrappingAdd(amount, ordering: .relaxed) }
  func reset() { count.store(0, ordering: .relaxed) }
}

final class PrometheusGauge: RecorderHandler, Sendable {
  private let current = Mutex(0.0)

  var value: Double { current.withLock { $0 } }

  func record(_ value: Int64) { record(Double(value)) }
  func record(_ value: Double) { current.withLock { $0 = value } }
}

/// The count and the sum; for timers in seconds.
final class PrometheusSummary: RecorderHandler, TimerHandler, Sendable {
  private let total = Mutex((count: Int64(0), sum: 0.0))

  var values: (count: Int64, sum: Double) { total.withLock { $0 } }

  func record(_ value: Int64) { record(Double(value)) }
  func record(_ value: Double) {
    total.withLock { $0 = ($0.count + 1, $0.sum + value) }
  }
  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
}
